//! A colour of the owner's, and what is made of it so that text on it and in it can be read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The least contrast of text (WCAG 2.2, 1.4.3), and a little for what rounding takes.
const CONTRAST: f64 = 4.55;
/// The darkest ground of the light pages, and the lightest of the dark ones.
const LIGHT_GROUND: Colour = Colour([0xf6, 0xf5, 0xf2]);
const DARK_GROUND: Colour = Colour([0x22, 0x25, 0x2a]);
const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);
/// How much of the colour is in the ground of what is chosen.
const SOFT: f64 = 0.12;
/// One step towards black or white.
const STEP: f64 = 0.04;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

/// A text that is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is like #0f6b5c")]
pub struct NoColour;

/// The colours of one theme that are made of the owner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// Of links, icons and the ground of the main button.
    pub plain: Colour,
    /// The same under the pointer.
    pub strong: Colour,
    /// The ground of what is chosen.
    pub soft: Colour,
    /// Of text on `plain`.
    pub on: Colour,
}

impl Accent {
    /// The colours for light pages: the owner's, as much darker as reading asks for.
    pub fn light(chosen: Colour) -> Self {
        Self::of(chosen, LIGHT_GROUND, BLACK, WHITE)
    }

    /// The colours for dark pages: the owner's, as much lighter as reading asks for.
    pub fn dark(chosen: Colour) -> Self {
        Self::of(chosen, DARK_GROUND, WHITE, BLACK)
    }

    fn of(chosen: Colour, ground: Colour, towards: Colour, on: Colour) -> Self {
        let mut plain = chosen;
        loop {
            let soft = ground.mixed(plain, SOFT);
            let is_read = [ground, soft, on]
                .iter()
                .all(|other| plain.contrast(*other) >= CONTRAST);
            if is_read || plain == towards {
                let strong = plain.mixed(towards, 0.2);
                return Self {
                    plain,
                    strong,
                    soft,
                    on,
                };
            }
            plain = match plain.mixed(towards, STEP) {
                // Too small a step for whole numbers: the end.
                same if same == plain => towards,
                next => next,
            };
        }
    }
}

impl Colour {
    /// How well one can be read on the other: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let [a, b] = [self.light(), other.light()];
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Where the styles of this colour are; the address changes with the colour.
    pub fn style(self) -> String {
        ["/brand.css?v=", self.to_string().trim_start_matches('#')].concat()
    }

    /// The relative luminance.
    fn light(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        red.mul_add(0.2126, green.mul_add(0.7152, blue * 0.0722))
    }

    /// This colour with `share` of another.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mut mixed = self.0;
        for (part, to) in mixed.iter_mut().zip(other.0) {
            let sum = f64::from(*part).mul_add(1.0 - share, f64::from(to) * share);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::as_conversions,
                reason = "between two bytes lies a byte"
            )]
            let byte = sum.round() as u8;
            *part = byte;
        }
        Self(mixed)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').ok_or(NoColour)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoColour);
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16)
            .map_err(|_| NoColour)?
            .to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;
    fn try_from(text: String) -> Result<Self, NoColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_chosen_can_be_read() {
        for text in [
            "#ffff00", "#ffffff", "#000000", "#808080", "#ff0000", "#00ff00", "#0000ff", "#0f6b5c",
        ] {
            let chosen: Colour = text.parse().unwrap();
            for (accent, grounds) in [
                (Accent::light(chosen), ["#ffffff", "#f6f5f2", "#fbfaf8"]),
                (Accent::dark(chosen), ["#131416", "#1b1d20", "#22252a"]),
            ] {
                let mut all: Vec<Colour> = grounds.map(|ground| ground.parse().unwrap()).to_vec();
                all.extend([accent.soft, accent.on]);
                for other in all {
                    let contrast = accent.plain.contrast(other);
                    assert!(contrast >= 4.5, "{text}: {} on {other}", accent.plain);
                }
                assert!(accent.strong.contrast(accent.on) >= 4.5, "{text}");
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays() {
        let chosen: Colour = "#0f6b5c".parse().unwrap();
        assert_eq!(Accent::light(chosen).plain, chosen);
        assert_eq!(chosen.to_string(), "#0f6b5c");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for bad in [
            "",
            "red",
            "#fff",
            "#gggggg",
            "0f6b5c",
            "#0f6b5c;}",
            "#+f6b5c",
        ] {
            assert_eq!(bad.parse::<Colour>(), Err(NoColour), "{bad}");
        }
    }
}
