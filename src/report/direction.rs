//! Words that are written from right to left, kept from turning what stands beside them: a number after a name would
//! else be read before it. On a page they get an element of their own; in titles and figures, where that element does
//! not exist, and in attributes, the isolates of Unicode (UAX 9, FSI and PDI).
//!
//! It is done once, for the whole page: a name is written in many places, and in the middle of sentences. Deliberately
//! absent: the direction of paragraphs that people wrote whole, which the style leaves to their first letter.

/// Round a word on a page, and in a title, figure or attribute.
const ELEMENT: (&str, &str) = ("<bdi>", "</bdi>");
const MARKS: (&str, &str) = ("\u{2068}", "\u{2069}");

/// What a text that was cut ends or begins with; it belongs to the word that it touches.
const CUT: char = '…';
/// A quotation mark as pages have it: Hebrew abbreviations are spelt with one.
const QUOTE: &str = "&quot;";

/// The page with every run of such words isolated from the rest of its line.
#[must_use]
pub(super) fn isolated(page: &str) -> String {
    if !page.contains(turns) {
        return page.to_owned();
    }
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let (mut rest, mut bare) = (page, 0_usize);
    // Text, then a tag, until there is none.
    while let Some(begin) = rest.find('<') {
        runs(&mut out, &rest[..begin], if bare > 0 { MARKS } else { ELEMENT });
        let end = rest[begin..].find('>').map_or(rest.len(), |length| begin + length + 1);
        let tag = &rest[begin..end];
        match tag.trim_start_matches(['<', '/']).split([' ', '>']).next() {
            Some("title" | "svg") if tag.starts_with("</") => bare = bare.saturating_sub(1),
            Some("title" | "svg") => bare += 1,
            _ => {}
        }
        runs(&mut out, tag, MARKS);
        rest = &rest[end..];
    }
    runs(&mut out, rest, ELEMENT);
    out
}

/// A text without tags, its runs between two marks.
fn runs(out: &mut String, text: &str, (open, close): (&str, &str)) {
    let mut rest = text;
    while let Some(first) = rest.find(turns) {
        let begin = if rest[..first].ends_with(CUT) { first - CUT.len_utf8() } else { first };
        let end = first + run(&rest[first..]);
        out.extend([&rest[..begin], open, &rest[begin..end], close]);
        rest = &rest[end..];
    }
    out.push_str(rest);
}

/// How long a run is that begins here: to its last letter, over spaces and marks that stand inside of words, but over no
/// number and no comma, which may be those of the sentence round it.
fn run(text: &str) -> usize {
    let (mut end, mut at) = (0, 0);
    while let Some(next) = text[at..].chars().next() {
        let within = matches!(next, ' ' | '-' | '\'' | '’' | '״' | '׳' | '\u{a0}' | '\u{200c}' | '\u{200d}');
        if text[at..].starts_with(QUOTE) {
            at += QUOTE.len();
        } else if turns(next) || (at == end && (next == CUT || matches!(next, '\u{300}'..='\u{36f}'))) {
            at += next.len_utf8();
            end = at;
        } else if within {
            at += next.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Whether a letter is read from right to left: of Hebrew, Arabic and the scripts beside them in Unicode.
const fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(isolated(text), shown);
    }

    #[test]
    fn a_name_turns_nothing_round_it() {
        check("<p>Alba 12 %</p>", "<p>Alba 12 %</p>");
        check("<p>חספר 12 %, אלבה 3 %</p>", "<p><bdi>חספר</bdi> 12 %, <bdi>אלבה</bdi> 3 %</p>");
        check("<p>in ארץ הצפון (2 of 3)</p>", "<p>in <bdi>ארץ הצפון</bdi> (2 of 3)</p>");
        check("<td>ארה&quot;ב - x</td>", "<td><bdi>ארה&quot;ב</bdi> - x</td>");
        check("<div aria-label=\"חספר, 3\">x</div>", "<div aria-label=\"\u{2068}חספר\u{2069}, 3\">x</div>");
        check("<td>جزيرة", "<td><bdi>جزيرة</bdi>");
    }

    #[test]
    fn where_no_element_may_stand_there_are_marks() {
        check(
            "<title>חספר, x</title><p>חספר</p><svg><title>חספר</title><text>חספר 3</text></svg><b>חספר</b>",
            "<title>\u{2068}חספר\u{2069}, x</title><p><bdi>חספר</bdi></p><svg><title>\u{2068}חספר\u{2069}</title>\
             <text>\u{2068}חספר\u{2069} 3</text></svg><b><bdi>חספר</bdi></b>",
        );
    }

    #[test]
    fn a_name_that_was_cut_ends_where_it_ends() {
        check("<text>ארץ… 3 %", "<text><bdi>ארץ…</bdi> 3 %");
        check("<text>…הצפון", "<text><bdi>…הצפון</bdi>");
        check("<text>ארץ…הצפון", "<text><bdi>ארץ…הצפון</bdi>");
    }
}
