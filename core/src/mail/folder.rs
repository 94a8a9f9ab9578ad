//! Letters written to disk, for as long as no relay is configured.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::letter::token;
use super::{Letter, Refusal};

/// Writes the letter to `<folder>/<time>-<id>.eml`. Whoever lists the folder sees whole letters
/// only, and a letter that was taken is on the disk.
pub(super) async fn write(folder: &Path, letter: &Letter) -> Result<(), Refusal> {
    let bytes = letter.message()?.formatted();
    let stamp: String = letter
        .at
        .rfc3339()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let name = format!("{stamp}-{}.eml", token(&letter.id));
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || put(&folder, &name, &bytes))
        .await
        .map_err(io::Error::other)
        .flatten()
        .map_err(|error| Refusal::later(format!("writing the mail to disk failed: {error}")))
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let half = folder.join(format!(".{name}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // A letter holds a private link: nobody else on the machine may read it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&half, folder.join(name))?;
    // The new name lives in the folder, so the folder must reach the disk too.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Mailer, letter::sample};
    use super::*;

    #[tokio::test]
    async fn a_letter_becomes_one_whole_private_file() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("data/mail");
        let mailer = Mailer::folder(folder.clone());
        let letter = Letter {
            id: "../odd id".into(),
            ..sample()
        };
        mailer.send(&letter).await.unwrap();
        // The same letter again (its row was leased twice) stays one file.
        mailer.send(&letter).await.unwrap();

        let files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|f| f.unwrap().path())
            .collect();
        assert_eq!(files, [folder.join("20261123T000405Z-oddid.eml")]);
        assert_eq!(
            fs::read(&files[0]).unwrap(),
            letter.message().unwrap().formatted()
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
    }

    #[tokio::test]
    async fn a_disk_that_refuses_is_tried_later() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("no-folder");
        fs::write(&file, "").unwrap();
        let refusal = Mailer::folder(file.join("mail"))
            .send(&sample())
            .await
            .unwrap_err();
        assert!(
            matches!(&refusal, Refusal::Later(words)
            if words.starts_with("writing the mail to disk failed: ")),
            "{refusal:?}"
        );
    }
}
