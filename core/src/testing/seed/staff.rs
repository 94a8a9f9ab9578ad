//! The team of a made world.

use pigeon_wire::PersonId;
use pigeon_wire::permission::BuiltinRole;
use pigeon_wire::person::Language;

use super::dice::Dice;
use super::{OWNER, Plan};

/// Somebody of the team.
#[derive(Clone, Debug)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// Display name.
    pub name: &'static str,
    /// Address.
    pub email: String,
    /// What they may do.
    pub role: BuiltinRole,
    /// The language that they read.
    pub language: Language,
}

/// Names with their roles; the owner stands first.
const TEAM: &[(&str, BuiltinRole)] = &[
    ("Olivia Owner", BuiltinRole::Owner),
    ("Adam Brook", BuiltinRole::Admin),
    ("Lena Hartmann", BuiltinRole::Lead),
    ("Marcus Bell", BuiltinRole::Lead),
    ("Ines Vogt", BuiltinRole::Lead),
    ("Nora Lindner", BuiltinRole::Agent),
    ("Nils Petersen", BuiltinRole::Agent),
    ("Grace Turner", BuiltinRole::Agent),
    ("Tobias Krämer", BuiltinRole::Agent),
    ("Priya Shah", BuiltinRole::Agent),
    ("Jonas Weber", BuiltinRole::Agent),
    ("Emily Carter", BuiltinRole::Agent),
    ("Sofia Rossi", BuiltinRole::Agent),
    ("Paul Schröder", BuiltinRole::Agent),
    ("Hannah Moore", BuiltinRole::Agent),
    ("Yusuf Demir", BuiltinRole::Agent),
    ("Clara Neumann", BuiltinRole::Agent),
    ("Owen Hughes", BuiltinRole::Agent),
    ("Marta Kowalska", BuiltinRole::Agent),
    ("Felix Brandt", BuiltinRole::Agent),
    ("Alice Morgan", BuiltinRole::Agent),
    ("Sam Fischer", BuiltinRole::Viewer),
    ("Vera Lange", BuiltinRole::Viewer),
];

/// The team of a plan.
pub fn of(plan: &Plan) -> Vec<Member> {
    let mut dice = Dice::new(plan.seed, 3);
    let member = |(n, (name, role)): (usize, &(&'static str, BuiltinRole))| {
        let email = name.to_lowercase().replace(' ', ".");
        let email = email.replace('ä', "ae").replace('ö', "oe");
        Member {
            id: PersonId(dice.id(plan.from)),
            name,
            email: if n == 0 {
                OWNER.to_owned()
            } else {
                format!("{email}@example.com")
            },
            role: *role,
            language: if n % 3 == 0 {
                Language::En
            } else {
                Language::De
            },
        }
    };
    TEAM.iter().enumerate().map(member).collect()
}

/// The members with a role, as their places in the team.
pub fn with(staff: &[Member], role: BuiltinRole) -> Vec<usize> {
    let places = (0..staff.len()).filter(|at| staff[*at].role == role);
    places.collect()
}
