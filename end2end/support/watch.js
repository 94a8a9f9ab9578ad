// What no page may do unseen: log an error, break, break its own policy, or be refused.

/** Collects the faults of all pages of a context. `expected` are those that the journey is about. */
export async function watch(context, expected = []) {
  const faults = [];
  const note = (fault) => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  context.on("console", (message) => {
    const text = message.text();
    // The answer itself is noted below, with its address.
    const isAnswer = text.startsWith("Failed to load resource: the server responded");
    if (message.type() === "error" && !isAnswer) note(`console: ${text}`);
  });
  context.on("weberror", (error) => note(`page: ${error.error()?.stack}`));
  context.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400) note(`answer: ${response.status()} ${pathname}`);
  });
  return faults;
}
