// The people of the journeys. Whoever is on stage in a file has an account in its server.

export const PASSWORD = "four calm grey pigeons";

export const CAST = {
  olga: { name: "Olga Haas", email: "olga@team.example", role: "owner" },
  nora: { name: "Nora Field", email: "nora@team.example", role: "lead" },
  omar: { name: "Omar Reyes", email: "omar@team.example", role: "agent" },
  // Never writes to a guest: whoever finds this name on a guest's wire has found a leak.
  ines: { name: "Ines Quillfeather", email: "ines@team.example", role: "agent" },
  vera: { name: "Vera Stone", email: "vera@team.example", role: "viewer" },
  uma: { name: "Uma Berg", email: "uma@users.example", role: "user" },
};

let made = 0;

/** An address that no other guest of this run has. */
export function freshAddress(name = "guest") {
  made += 1;
  return `${name}.${process.pid}.${made}@guests.example`;
}

/** A word that occurs nowhere else. */
export function marker(word) {
  made += 1;
  return `${word}-${process.pid}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}
