//! What is written in a made world, in two languages: sentences with gaps, and words to fill them,
//! the first of each list far commoner than the last.

use pigeon_wire::person::Language;

use super::dice::Dice;

/// The words of one language.
struct Vocabulary {
    first_names: &'static [&'static str],
    last_names: &'static [&'static str],
    things: &'static [&'static str],
    kinds: &'static [&'static str],
    parts: &'static [&'static str],
    faults: &'static [&'static str],
    places: &'static [&'static str],
    subjects: &'static [&'static str],
    greetings: &'static [&'static str],
    asks: &'static [&'static str],
    tells: &'static [&'static str],
    thanks: &'static [&'static str],
    replies: &'static [&'static str],
    steps: &'static [&'static str],
    closings: &'static [&'static str],
    notes: &'static [&'static str],
}

mod de;
mod en;

const fn of(language: Language) -> &'static Vocabulary {
    match language {
        Language::En => &en::WORDS,
        Language::De => &de::WORDS,
    }
}

/// What a thread is about, which comes back in all of its texts.
#[derive(Clone, Debug)]
pub struct Topic {
    language: Language,
    thing: String,
    order: u64,
}

/// Somebody's first and last name.
pub fn name(dice: &mut Dice, language: Language) -> (&'static str, &'static str) {
    let words = of(language);
    let first = dice.pick_skewed(words.first_names);
    (first, dice.pick_skewed(words.last_names))
}

impl Topic {
    /// Something to ask about.
    pub fn of(dice: &mut Dice, language: Language) -> Self {
        let words = of(language);
        let thing = dice.pick_skewed(words.things);
        let kind = dice.pick_skewed(words.kinds);
        let thing = match language {
            Language::En if dice.chance(50) => format!("{kind} {thing}"),
            Language::De if dice.chance(50) => format!("{kind}{}", thing.to_lowercase()),
            Language::En | Language::De => thing.to_owned(),
        };
        Self {
            language,
            thing,
            order: 100_000 + dice.below(900_000),
        }
    }

    /// A subject; a few threads have none.
    pub fn subject(&self, dice: &mut Dice) -> Option<String> {
        let subjects = of(self.language).subjects;
        (!dice.chance(6)).then(|| self.sentence(dice, subjects))
    }

    /// A customer's text, the first of a thread or a later one.
    pub fn question(&self, dice: &mut Dice, first: bool) -> String {
        let words = of(self.language);
        let mut text = if first || dice.chance(30) {
            format!("{}\n\n", dice.pick(words.greetings))
        } else {
            String::new()
        };
        let sentences = if first { 2 } else { 1 } + few(dice);
        self.several(dice, sentences, &[words.tells, words.asks], &mut text);
        if dice.chance(40) {
            text.push_str("\n\n");
            text.push_str(dice.pick(words.thanks));
        }
        text
    }

    /// A staff member's text.
    pub fn answer(&self, dice: &mut Dice, customer: &str) -> String {
        let words = of(self.language);
        let hello = match self.language {
            Language::En => "Hello",
            Language::De => "Guten Tag",
        };
        let mut text = if dice.chance(70) {
            format!("{hello} {customer},\n\n")
        } else {
            String::new()
        };
        let sentences = 1 + few(dice);
        self.several(dice, sentences, &[words.replies, words.steps], &mut text);
        if dice.chance(60) {
            text.push_str("\n\n");
            text.push_str(dice.pick(words.closings));
        }
        text
    }

    /// A note.
    pub fn note(&self, dice: &mut Dice) -> String {
        let mut text = String::new();
        let sentences = 1 + few(dice) / 3;
        self.several(dice, sentences, &[of(self.language).notes], &mut text);
        text
    }

    fn several(&self, dice: &mut Dice, count: usize, from: &[&[&'static str]], text: &mut String) {
        for n in 0..count {
            if n > 0 {
                text.push_str(if dice.chance(18) { "\n\n" } else { " " });
            }
            let from = from[dice.index(from.len())];
            text.push_str(&self.sentence(dice, from));
        }
    }

    /// A sentence with its gaps filled.
    fn sentence(&self, dice: &mut Dice, from: &[&'static str]) -> String {
        let words = of(self.language);
        let mut text = String::new();
        let mut rest = dice.pick_skewed(from);
        while let Some((before, after)) = rest.split_once('{') {
            let (gap, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            match gap {
                "thing" => text.push_str(&self.thing),
                "order" => text.push_str(&self.order.to_string()),
                "other" => text.push_str(dice.pick_skewed(words.things)),
                "part" => text.push_str(dice.pick_skewed(words.parts)),
                "fault" => text.push_str(dice.pick_skewed(words.faults)),
                "place" => text.push_str(dice.pick_skewed(words.places)),
                "name" => text.push_str(dice.pick_skewed(words.last_names)),
                _ => text.push_str(&(2 + dice.below(27)).to_string()),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// Mostly few, now and then many.
fn few(dice: &mut Dice) -> usize {
    if dice.chance(4) {
        8 + dice.index(16)
    } else {
        dice.index(5)
    }
}
