//! Enough of HTML to look at a page that a program wrote: every element closed, its attributes, where it lies.

/// One element.
#[derive(Debug)]
pub struct Element<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
    /// Where its content begins and ends in the page.
    pub from: usize,
    pub to: usize,
}

impl<'a> Element<'a> {
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    pub fn holds(&self, other: &Element) -> bool {
        self.from <= other.from && other.to <= self.to && !std::ptr::eq(self, other)
    }

    pub fn text<'p>(&self, page: &'p str) -> &'p str {
        &page[self.from..self.to]
    }
}

/// Elements without an end.
const VOID: [&str; 4] = ["meta", "input", "br", "img"];

/// Every element in the order of its beginning.
///
/// # Errors
/// An element that is not closed, or closed out of turn.
pub fn elements(page: &str) -> Result<Vec<Element<'_>>, String> {
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(begin) = page[at..].find('<').map(|found| at + found) {
        let end = begin + page[begin..].find('>').ok_or("a tag without an end")?;
        let tag = &page[begin + 1..end];
        at = end + 1;
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if all[last].name != name {
                return Err(format!("<{}> is not closed before </{name}>", all[last].name));
            }
            all[last].to = begin;
        } else if !tag.starts_with('!') {
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            all.push(Element { name, attributes: attributes(&tag[name.len()..])?, from: at, to: at });
            if name == "style" {
                let length = page[at..].find("</style>").ok_or("a style without an end")?;
                all.last_mut().expect("pushed").to = at + length;
                at += length + "</style>".len();
            } else if !VOID.contains(&name) && !tag.ends_with('/') {
                open.push(all.len() - 1);
            }
        }
    }
    match open.last() {
        Some(last) => Err(format!("<{}> is not closed", all[*last].name)),
        None => Ok(all),
    }
}

/// Attributes as maud writes them: in double quotes, or without a value.
fn attributes(mut rest: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest == "/" {
            return Ok(attributes);
        }
        let name = rest.split([' ', '=']).next().unwrap_or_default();
        rest = &rest[name.len()..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let length = value.find('"').ok_or_else(|| format!("{name} without an end"))?;
            attributes.push((name, &value[..length]));
            rest = &value[length + 1..];
        } else {
            attributes.push((name, ""));
        }
    }
}
