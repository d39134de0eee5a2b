//! Labels in figures: names that begin alike stay apart, and what is cut has its whole as a title.

use std::collections::BTreeMap;

use super::{assert_sound, elements, report, shipped};

#[test]
fn states_whose_names_begin_alike_have_labels_of_their_own() {
    let names = ["Alpha", "Beta", "Alps", "Gamma"].map(|last| format!("Republic of Northern {last}"));
    let states = ["alba", "brava", "corvo", "hesper"];
    let named = states.iter().zip(&names).map(|(state, name)| format!("states.{state}.name={name}"));
    let settings: Vec<String> = named.chain(["to=2012-12-31".to_owned()]).collect();
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    let page = report(&shipped("one-state-stays-out", None, &settings));
    assert_sound(&page);
    let all = elements(&page).expect("sound");
    for figure in ["matrix", "tiles"] {
        let figure = all.iter().find(|element| element.attribute("id") == Some(figure)).expect("the figure");
        let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
        for text in all.iter().filter(|element| element.name == "text" && figure.holds(element)) {
            let Some((title, short)) = text.text(&page).split_once("</title>") else { continue };
            let whole = title.strip_prefix("<title>").expect("a title of its own");
            assert!(short.contains('…') && short.len() < whole.len(), "{short}");
            assert_eq!(*labels.entry(short).or_insert(whole), whole, "two names, one label: {short}");
        }
        assert!(names.iter().all(|name| labels.values().any(|whole| whole == name)), "{labels:?}");
    }
}
