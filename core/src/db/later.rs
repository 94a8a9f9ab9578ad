//! Writes whose answer nobody waits for. On SQLite every statement is a message to the thread of its
//! connection and one back, which costs far more than most statements do: writes that are put off
//! leave together in one message, before whatever else their unit asks or at its end. On PostgreSQL,
//! which has no such text of several statements, they leave at once.

use std::fmt::Write as _;

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};

type Asked<'q> = Query<'q, Sqlite, SqliteArguments>;
/// Binds the values of one write.
pub type Bind = Box<dyn FnOnce(Asked<'_>) -> Asked<'_> + Send>;

/// A write that was put off.
pub struct Later {
    text: &'static str,
    values: usize,
    bind: Bind,
}

impl Later {
    /// A write with so many values, which `bind` binds in the order of their numbers.
    pub fn new(text: &'static str, values: usize, bind: Bind) -> Self {
        Self { text, values, bind }
    }
}

/// Runs all of `writes` and then `end`, in one message.
///
/// # Errors
/// That of the first statement that fails; those after it were not run.
pub async fn run(
    conn: &mut SqliteConnection,
    writes: Vec<Later>,
    end: &str,
) -> Result<(), sqlx::Error> {
    let mut text = String::new();
    let mut values = 0;
    for write in &writes {
        renumber(&mut text, write.text, values);
        text.push_str("; ");
        values += write.values;
    }
    text.push_str(end);
    // Constants of this crate, put together: nothing that anybody typed is among them.
    let mut query = sqlx::query(AssertSqlSafe(text));
    for write in writes {
        query = (write.bind)(query);
    }
    query.execute(conn).await.map(|_| ())
}

/// Adds a statement whose values come after `before` others: all of one message are numbered through.
fn renumber(out: &mut String, text: &str, before: usize) {
    let mut parts = text.split('$');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        out.push('$');
        if let Ok(number) = number.parse::<usize>() {
            // Writing to a string cannot fail.
            let _ = write!(out, "{}", number + before);
        }
        out.push_str(rest);
    }
}

/// Puts a write of a unit off: its values are taken now, in the order of their numbers, each under a
/// name. On PostgreSQL, and on a connection that only reads, it runs at once.
macro_rules! later {
    ($conn:expr, $text:expr, $($name:ident = $value:expr),+ $(,)?) => {{
        let ($($name,)+) = ($($value,)+);
        match $conn {
            $crate::db::Conn::Sqlite(inner) => {
                let values = [$(stringify!($name)),+].len();
                let bind: $crate::db::later::Bind = Box::new(move |query| query$(.bind($name))+);
                inner.put_off($crate::db::later::Later::new($text, values, bind)).await
            }
            $crate::db::Conn::Postgres(inner) => {
                let query = sqlx::query($text)$(.bind($name))+;
                query.execute(&mut **inner).await.map(|_| ())
            }
        }
    }};
}
pub(crate) use later;

#[cfg(test)]
mod tests {
    use super::renumber;

    #[test]
    fn the_values_of_one_message_are_numbered_through() {
        let mut text = String::new();
        renumber(&mut text, "UPDATE t SET a = $2 WHERE b = $10", 7);
        assert_eq!(text, "UPDATE t SET a = $9 WHERE b = $17");
        renumber(&mut text, "; DELETE FROM t", 9);
        assert!(text.ends_with("; DELETE FROM t"));
    }
}
