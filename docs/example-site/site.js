// What the example site does with Pigeon: it vouches for its visitor and shows their conversations.

/** A fresh word of our own server for the visitor; nothing where nobody is signed in. */
async function word() {
  const answer = await fetch("/pigeon-token");
  return answer.status === 200 ? answer.text() : null;
}

async function paint() {
  document.getElementById("unread").value = await Pigeon.unreadCount();
  const items = (await Pigeon.threads("support")).map((thread) => {
    const item = document.createElement("li");
    item.textContent = `${thread.subject ?? "Support request"}${thread.unread ? " (new)" : ""}`;
    return item;
  });
  document.getElementById("threads").replaceChildren(...items);
}

function begin() {
  Pigeon.on("change", paint);
  if (document.body.dataset.visitor) Pigeon.identify(word);
}

if (window.Pigeon) begin();
else document.addEventListener("pigeon", begin);
