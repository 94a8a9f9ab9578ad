// Lets time pass for a scene: an inbox where everything happened just now is no real one.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const MINUTE_MS = 60_000;
/** Between two lines of a talk. */
const GAP_MS = 17 * MINUTE_MS;

/** Moves each talk into the past. The server must not be running. */
export function age(data, talks) {
  const now = Date.now();
  const sql = talks.map(({ guest, minutes }) => aged(guest.id, now - minutes * MINUTE_MS));
  const ran = spawnSync("sqlite3", [join(data, "pigeon.db")], { input: sql.join("\n") });
  if (ran.error) throw new Error("the program sqlite3 is missing; Debian's package is sqlite3");
  if (ran.status !== 0) throw new Error(`sqlite3: ${ran.stderr}`);
}

function aged(thread, last) {
  const here = `thread_id = x'${thread.replaceAll("-", "")}'`;
  const place = "staff_place";
  const after = `(SELECT count(*) FROM messages l WHERE l.${here} AND l.${place} > messages.${place})`;
  const time = (what, more = "") =>
    `(SELECT ${what}(created_at) FROM messages WHERE ${here} AND kind = 'message' ${more})`;
  return `
    UPDATE messages SET created_at = ${last} - ${GAP_MS} * ${after} WHERE ${here};
    UPDATE threads SET created_at = ${time("min")}, active_at = ${time("max")},
      waiting_since = CASE WHEN waiting_since IS NULL THEN NULL ELSE ${time("max")} END
      WHERE id = x'${thread.replaceAll("-", "")}';
    UPDATE links SET created_at = ${time("min")} WHERE ${here};`;
}
