// Puts a cookie into a browser profile as the server would have.

export async function keep(context, cookie) {
  const [name, ...value] = cookie.split("=");
  const where = { domain: "127.0.0.1", path: "/", secure: true, httpOnly: true, sameSite: "Lax" };
  await context.addCookies([{ name, value: value.join("="), ...where }]);
}
