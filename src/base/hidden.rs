//! Characters that nobody sees, and those that turn the direction of writing: a text that holds some does not say what it
//! seems to. Each place that shows what people wrote shows them in its own way.

/// Whether it is one. Joiners are none, for Persian and others are spelt with them; nor is a tab or the end of a line.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    let invisible = matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
    );
    invisible || character.is_control() && !matches!(character, '\t' | '\n')
}
