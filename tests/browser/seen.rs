//! The check sees what it is there to see.

use super::{SIZE, browser, found};

#[test]
fn what_is_wrong_is_seen() {
    let Some(browser) = browser() else { return };
    let page = |body: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'\"></head><body>{body}</body></html>"
        )
    };
    let figure = |svg: &str, rest: &str| {
        page(&format!(
            "<figure id=\"f\"><svg role=\"img\" aria-labelledby=\"a b\" viewBox=\"0 0 100 50\" width=\"800\"><title id=\"a\">A</title>\
             <desc id=\"b\">B</desc><path d=\"M0 0h9v9z\"></path>{svg}</svg>{rest}</figure>"
        ))
    };
    let table = "<table><tbody><tr><td>1</td></tr></tbody></table>";
    let text = |x: u32, words: &str| format!("<text x=\"{x}\" y=\"20\" font-size=\"10\">{words}</text>");
    let sees = |page: &str, what: &str| {
        let found = found(&browser, page, SIZE).join("\n");
        assert!(found.contains(what), "{what:?} is not seen: {found:?}");
    };
    assert_eq!(found(&browser, &figure(&(text(5, "one") + &text(60, "two")), table), SIZE), ["figures: 1"]);
    sees(&figure(&(text(5, "one") + &text(9, "two")), table), "f: \"one\" and \"two\" overlap");
    sees(&figure(&text(90, "beyond the edge"), table), "f: \"beyond the edge\" leaves the figure");
    sees(&figure("", ""), "f: no table with numbers");
    sees(&page(&format!("<figure id=\"f\"><svg role=\"img\"></svg>{table}</figure>")), "f: no name");
    sees(&page(&format!("<figure id=\"f\"><svg role=\"img\"></svg>{table}</figure>")), "f: nothing is drawn");
    sees(&page("<img src=\"https://example.invalid/x.png\">"), "refused: img-src");
    sees(&page("<div style=\"width:3000px\">wide</div>"), "scrolls sideways");
    let paper = |body: &str| page(body).replacen("<html", "<html data-paper=\"A4\"", 1);
    let wide = "<section id=\"s\"><div style=\"overflow-x:auto\"><table style=\"width:3000px\"><tr><td>1</td></tr></table></div></section>";
    sees(&paper(wide), "s: a table is wider than the paper");
    let small = paper("<footer style=\"font-size:14px\">of the model</footer>");
    let small = small.replacen("<body>", "<body style=\"font-size:13px\">", 1);
    sees(&small, "a note is larger than the text: of the model");
    let phone = |body: &str| page(body).replacen("<html", "<html data-phone=\"400\"", 1);
    sees(&phone("<section id=\"s\"><p style=\"width:450px\">wide</p></section>"), "s: a p is wider than a phone");
    let sliver = format!("<table><tr><td style=\"width:60px\">{}</td></tr></table>", "many words ".repeat(9));
    sees(&phone(&format!("<div class=\"scrolls\" style=\"width:100px\">{sliver}</div>")), "a sliver of a column");
    let small = "<svg viewBox=\"0 0 960 9\" width=\"400\"><text style=\"font-size:14px\">small</text></svg>";
    sees(&phone(small), "letters are too small: small");
    let narrow = "<p style=\"width:3em\">Since <time>2011-09-15</time></p>";
    sees(&page(narrow), "a line ends inside 2011-09-15");
    sees(&paper(&format!("<details>{table}</details>")), "1 folded up, and so not printed");
}
