//! `comity law show`.

use clap::Args;

use super::super::slips::unknown_or;
use super::{Found, treaty};
use crate::report::law::treaty as words;
use crate::scenario::Corpus;

/// Arguments of `comity law show`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The treaty: its name (`ets185`) or how it is cited (`BUD`); one wording of a model text as `NAME/VARIANT`
    treaty: String,
    /// One article and its paragraphs, for example `24` or `24(1)`
    article: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One treaty, or one article of it.
pub fn show(corpus: &Corpus, arguments: &Arguments) -> Found {
    let form = treaty(corpus, &arguments.treaty)?;
    let variant = arguments.treaty.split_once('/').map(|(_, variant)| variant);
    let shown = words::worded(corpus, form, variant, arguments.article.as_deref());
    if let Some(article) =
        arguments.article.as_deref().filter(|_| shown.articles.is_empty() && shown.offences.is_empty())
    {
        let offences = form.offences.values().map(|offence| offence.article.as_str());
        let known = form.articles.keys().map(|known| known.value.as_str()).chain(offences);
        let all = || format!("`comity law show {}` has all that are entered", form.treaty.value);
        return Err(unknown_or(&format!("article of {}", form.treaty.value), article, known, all).into());
    }
    if arguments.json { super::json(&shown) } else { Ok(words::text(&shown).into()) }
}
