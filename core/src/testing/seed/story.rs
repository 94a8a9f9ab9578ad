//! Who does what in a thread, and when: acts as people would do them, each some minutes after the one
//! before.

use pigeon_wire::Millis;
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::permission::BuiltinRole;
use pigeon_wire::person::Language;
use pigeon_wire::thread::{Source, Status};

use super::Plan;
use super::calendar::Slot;
use super::dice::Dice;
use super::staff::{Member, with};
use super::words::{self, Topic};

/// Least time between two acts in a thread. Longer than mails are held back, so that each message
/// is mailed on its own.
pub const STEP_MS_MIN: i64 = 5 * MINUTE_MS;
/// Most time between two acts.
const STEP_MS_MAX: i64 = 12 * DAY_MS;
/// Most time without a message, or nearly so: less than a mailed link lasts.
const SILENCE_MS_MAX: i64 = 22 * DAY_MS;
/// Replies to an address before its owner has answered: above a cap mails would wait.
const UNANSWERED_MAX: usize = 2;
/// Until when a browser is surely still in the conversation that it began.
const BROWSER_MS: i64 = 23 * HOUR_MS;

/// What somebody does. People of the team are told by their place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The customer asks.
    Start { body: String },
    /// The customer writes again, by the newest mailed link or in the first browser.
    Ask { body: String, mailed: bool },
    /// The customer looks, by the newest mailed link.
    Look,
    /// Somebody of the team writes to the customer.
    Reply { by: usize, body: String },
    /// Somebody of the team writes a note.
    Note { by: usize, body: String },
    /// Somebody of the team gives the thread to somebody, or to nobody.
    Assign { by: usize, to: Option<usize> },
    /// Somebody of the team chooses a status.
    Set { by: usize, to: Status },
    /// Somebody of the team looks.
    Read { by: usize },
}

/// An act and its moment.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: Millis,
    /// What.
    pub act: Act,
}

/// A thread from its start to today.
#[derive(Clone, Debug)]
pub struct Story {
    /// Which of the world's threads.
    pub number: usize,
    /// The customer's name.
    pub name: String,
    /// The customer's address.
    pub email: String,
    /// The customer's language.
    pub language: Language,
    /// How it came.
    pub source: Source,
    /// What it is called.
    pub subject: Option<String>,
    /// What happens, the start first.
    pub steps: Vec<Step>,
}

/// Time that a thread with so many texts needs at least.
pub fn room_for(texts: usize) -> i64 {
    let steps = i64::try_from(2 * texts + 4).unwrap_or(i64::MAX);
    steps.saturating_mul(STEP_MS_MIN)
}

impl Story {
    /// The story of the world's thread number `number`.
    pub fn of(plan: &Plan, number: usize, slot: Slot, staff: &[Member]) -> Self {
        let purpose = 1000 + u64::try_from(number).unwrap_or_default();
        let mut dice = Dice::new(plan.seed, purpose);
        // So many people that some ask again.
        let who = dice.index(plan.threads + plan.threads / 2);
        let person = 1_000_000_000 + u64::try_from(who).unwrap_or_default();
        let mut person = Dice::new(plan.seed, person);
        let language = if person.chance(55) {
            Language::En
        } else {
            Language::De
        };
        let (first, last) = words::name(&mut person, language);
        let host = if person.chance(50) {
            "example.org"
        } else {
            "example.com"
        };
        let name = format!("{first} {last}");
        let email = format!("{}.{}{who}@{host}", plain(first), plain(last));
        let topic = Topic::of(&mut dice, language);
        let mut telling = Telling {
            left: slot.texts,
            may_answer: slot.texts > 4 || dice.chance(70),
            customer: name.clone(),
            topic: topic.clone(),
            agents: with(staff, BuiltinRole::Agent),
            leads: with(staff, BuiltinRole::Lead),
            viewers: with(staff, BuiltinRole::Viewer),
            assignee: None,
            status: Status::Pending,
            unanswered: 0,
            asked_last: true,
            acts: Vec::new(),
        };
        let age = plan.to.since(slot.at);
        telling.tell(&mut dice, age);
        let source = if dice.chance(75) {
            Source::Form
        } else {
            Source::Widget
        };
        Self {
            number,
            name,
            email,
            language,
            source,
            subject: topic.subject(&mut dice),
            steps: timed(&mut dice, slot.at, plan.to, telling.acts),
        }
    }
}

/// A name as it stands in an address.
fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let letters = name.chars().map(|letter| match letter {
        'ä' => "ae".to_owned(),
        'ö' => "oe".to_owned(),
        'ü' => "ue".to_owned(),
        'ß' => "ss".to_owned(),
        other => other.to_string(),
    });
    letters.collect()
}

/// A story while it is told.
struct Telling {
    /// Texts that are still to be written.
    left: usize,
    /// Whether the customer ever comes back; if not, nobody knows whether the address is theirs.
    may_answer: bool,
    customer: String,
    topic: Topic,
    agents: Vec<usize>,
    leads: Vec<usize>,
    viewers: Vec<usize>,
    assignee: Option<usize>,
    status: Status,
    /// Replies since the customer wrote last, as long as the address is not verified.
    unanswered: usize,
    asked_last: bool,
    acts: Vec<Act>,
}

impl Telling {
    fn tell(&mut self, dice: &mut Dice, age: i64) {
        let body = self.topic.question(dice, true);
        self.left -= 1;
        self.acts.push(Act::Start { body });
        while self.left > 0 {
            let asks = self.may_answer && dice.chance(if self.asked_last { 8 } else { 62 });
            let noted = dice.chance(if self.asked_last { 12 } else { 45 });
            if asks {
                self.ask(dice);
            } else if noted {
                self.note(dice);
            } else if self.unanswered < UNANSWERED_MAX {
                self.reply(dice);
            } else if self.may_answer {
                self.ask(dice);
            } else {
                self.note(dice);
            }
        }
        self.end(dice, age);
    }

    fn ask(&mut self, dice: &mut Dice) {
        let body = self.topic.question(dice, false);
        let first = self.acts.iter().all(|act| !matches!(act, Act::Ask { .. }));
        // The first answer comes through the mail, so that the address is known to be theirs.
        let mailed = first || dice.chance(80);
        self.left -= 1;
        self.acts.push(Act::Ask { body, mailed });
        self.status = Status::Pending;
        self.unanswered = 0;
        self.asked_last = true;
    }

    fn note(&mut self, dice: &mut Dice) {
        let by = self.agents[dice.skewed(self.agents.len())];
        let body = self.topic.note(dice);
        self.left -= 1;
        self.acts.push(Act::Note { by, body });
    }

    fn reply(&mut self, dice: &mut Dice) {
        let by = self.looked_after(dice);
        let body = self.topic.answer(dice, &self.customer);
        self.left -= 1;
        self.acts.push(Act::Reply { by, body });
        if self.status != Status::Closed {
            self.status = Status::Open;
        }
        self.unanswered += 1;
        self.asked_last = false;
        if self.may_answer && dice.chance(35) {
            self.acts.push(Act::Look);
        }
        if self.left > 0 && dice.chance(7) {
            self.set(by, Status::Closed);
        }
    }

    /// Whoever answers mostly takes the thread first.
    fn looked_after(&mut self, dice: &mut Dice) -> usize {
        match self.assignee {
            Some(assignee) if dice.chance(5) => {
                let by = self.leads[dice.index(self.leads.len())];
                let to = self.agents[dice.index(self.agents.len())];
                if to != assignee {
                    self.assignee = Some(to);
                    self.acts.push(Act::Assign { by, to: Some(to) });
                }
                to
            }
            Some(assignee) if dice.chance(90) => assignee,
            Some(_) => self.agents[dice.skewed(self.agents.len())],
            None => {
                let by = self.agents[dice.skewed(self.agents.len())];
                if dice.chance(70) {
                    self.assignee = Some(by);
                    self.acts.push(Act::Assign { by, to: Some(by) });
                }
                by
            }
        }
    }

    fn set(&mut self, by: usize, to: Status) {
        if self.status != to {
            self.status = to;
            self.acts.push(Act::Set { by, to });
        }
    }

    /// Old threads are mostly closed, and somebody looks into a few.
    fn end(&mut self, dice: &mut Dice, age: i64) {
        if dice.chance(15) {
            let by = self.viewers[dice.index(self.viewers.len())];
            self.acts.push(Act::Read { by });
        }
        let closed = match age / DAY_MS {
            0..3 => 20,
            3..14 => 60,
            _ => 90,
        };
        let by = self.agents[dice.skewed(self.agents.len())];
        if dice.chance(closed) {
            self.set(by, Status::Closed);
        } else if dice.chance(5) {
            let to = if dice.chance(50) {
                Status::Open
            } else {
                Status::Pending
            };
            self.set(by, to);
        } else if let Some(assignee) = self.assignee
            && dice.chance(5)
        {
            self.acts.push(Act::Assign {
                by: assignee,
                to: None,
            });
        }
    }
}

/// Gives each act its moment, the last some minutes before `to`.
fn timed(dice: &mut Dice, from: Millis, to: Millis, acts: Vec<Act>) -> Vec<Step> {
    let (mut at, mut spoken) = (from, from);
    let mut left = i64::try_from(acts.len()).unwrap_or(i64::MAX);
    let mut steps = Vec::with_capacity(acts.len());
    for mut act in acts {
        if !steps.is_empty() {
            // What is left must fit: at most twice an even share.
            let even = to.since(at) / (left + 1);
            let most = (2 * even - STEP_MS_MIN).clamp(STEP_MS_MIN + 1, STEP_MS_MAX);
            let usual = match dice.below(10) {
                0..4 => 40 * MINUTE_MS,
                4..7 => 5 * HOUR_MS,
                7..9 => 30 * HOUR_MS,
                _ => STEP_MS_MAX,
            };
            let silence = SILENCE_MS_MAX - at.since(spoken);
            let most = most.min(usual).min(silence).max(STEP_MS_MIN + 1);
            at = at.plus(dice.span(STEP_MS_MIN, most));
        }
        left -= 1;
        if matches!(act, Act::Ask { .. } | Act::Reply { .. }) {
            spoken = at;
        }
        if let Act::Ask { mailed, .. } = &mut act {
            *mailed |= at.since(from) > BROWSER_MS;
        }
        steps.push(Step { at, act });
    }
    steps
}
