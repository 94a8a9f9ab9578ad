// An office in the middle of its day: invented people with questions of all sorts, old and new.

import { Guest } from "./browserless.js";

/**
 * Newest first. `minutes` is how long ago the last line of a talk was written; `byMail` are guests
 * who came back through their mailed link.
 */
const TALKS = [
  {
    minutes: 24,
    guest: { name: "Greta Lindqvist", subject: "Replacement blade for the H-20 saw", language: "en" },
    lines: [
      ["guest", "Hello,\n\nthe blade of my H-20 is worn after two seasons. Which one fits, and do you ship to Gothenburg?"],
      ["nora", "Hello Greta,\n\nthe 210 mm blade fits, the same as in the H-18. We ship to Sweden within four days.\n\nShall I put one aside for you?"],
      ["guest", "Yes, please. Two of them, if there is a price for two."],
    ],
  },
  {
    minutes: 95,
    guest: { name: "Marek Dvořák", subject: "Rechnung 2291 fehlt", language: "de" },
    lines: [["guest", "Guten Tag, zur Bestellung vom Montag habe ich keine Rechnung bekommen. Können Sie sie mir noch einmal schicken?"]],
    assignee: "omar",
  },
  {
    minutes: 160,
    guest: { name: "Aisha Bello", subject: "", language: "en" },
    lines: [["guest", "Is the workshop open on Saturday?"]],
  },
  {
    minutes: 380,
    byMail: true,
    guest: { name: "Tomás Herrera", subject: "Delivery to Tenerife", language: "en" },
    lines: [
      ["guest", "How long does a parcel of 30 kg take to Tenerife, and who pays the duty?"],
      ["omar", "Nine to twelve days by sea. The duty is on our side up to 50 kg."],
      ["guest", "Perfect, thank you!"],
      ["omar", "You are welcome. Your tracking number follows as soon as it has left."],
    ],
    assignee: "omar",
  },
  {
    minutes: 2900,
    guest: { name: "Jun Watanabe", subject: "Sharpening angle for kitchen knives", language: "en" },
    lines: [
      ["guest", "The leaflet says 15 degrees, the website says 20. Which is right for the small one?"],
      ["nora", "15 degrees for the small one. We correct the website: thank you for telling us."],
    ],
    status: "closed",
  },
];

const MAIN = {
  minutes: 3,
  byMail: true,
  guest: { name: "Henrike Maas", subject: "Drill stops after a minute", language: "en" },
  lines: [
    ["guest", "Good morning,\n\nmy D-7 drill stops after about a minute and starts again when it has cooled down. It is eight months old. The serial number is D7-44-1182.\n\nIs that covered?"],
    ["omar", "Good morning Henrike,\n\nyes, that is covered for two years. Could you try it without the dust cap once? If it still stops, we collect it and send you a new one."],
    ["guest", "I tried it: the same without the cap, a little later perhaps. Here it stands now, see also https://harbour.example/d7/manual for the page that I followed."],
    ["note:nora", "Third D-7 with this serial range. I have told the workshop; please offer the exchange at once instead of more tests."],
    ["nora", "Thank you for trying. Then we exchange it: a courier comes on Thursday between 9 and 12, and brings the new one along. You need not pack it."],
    ["guest", "That is quick, thank you! Thursday is fine. Does the courier also take the old charger?"],
  ],
  assignee: "nora",
};

/** Plays the scene, oldest first. `main` is the guest of the conversation with most in it. */
export async function play(house) {
  const talks = [];
  for (const talk of [...TALKS.toReversed(), MAIN]) {
    talks.push({ guest: await hold(house, talk), minutes: talk.minutes });
  }
  return { talks, main: talks.at(-1).guest };
}

async function hold(house, { guest: who, lines, byMail, assignee, status }) {
  const [[, first], ...rest] = lines;
  const email = `${asciiWord(who.name)}@example.org`;
  let guest = await house.guest({ ...who, email, body: first });
  if (byMail) guest = await Guest.follow((await house.relay.mailTo(email)).link);
  const lead = await house.account("nora");
  if (assignee) await assign(lead, guest.id, await house.account(assignee));
  for (const [author, text] of rest) {
    if (author === "guest") {
      await guest.reply(text);
    } else if (author.startsWith("note:")) {
      await (await house.account(author.slice(5))).note(guest.id, text);
    } else {
      await answer(await house.account(author), guest.id, text);
    }
  }
  if (status) await lead.call("thread/status", { thread: guest.id, status });
  return guest;
}

/** Whoever answers has read what they answer. */
async function answer(account, thread, text) {
  const { change, entries } = await account.call("thread/open", { thread });
  await account.call("thread/seen", { thread, upto: entries.at(-1).place });
  await account.reply(thread, text, change);
}

async function assign(lead, thread, account) {
  const { id } = await account.call("session/me", {});
  await lead.call("thread/assign", { thread, from: null, to: id });
}

/** The first word of a name as it could stand in an address. */
function asciiWord(name) {
  return name.split(" ")[0].normalize("NFD").replace(/[^a-z]/gi, "").toLowerCase();
}
