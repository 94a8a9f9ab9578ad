// Journeys through the real program: its own server, database and mail relay for each file.
import { defineConfig } from "@playwright/test";
import { CHROMIUM, CHROMIUM_FLAGS } from "./support/chromium.js";

const PLAIN = /\.plain\.spec\.js$/;
const PHONE = /\.phone\.spec\.js$/;
const BOTH = /accessibility\.spec\.js$/;

export default defineConfig({
  testDir: "journeys",
  // The tests of a file share a server, and take turns; files run beside each other.
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never" }]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_FLAGS },
  },
  projects: [
    {
      name: "desktop",
      testIgnore: [PLAIN, PHONE],
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      testMatch: [PHONE, BOTH],
      use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
    {
      name: "no-javascript",
      testMatch: PLAIN,
      use: { viewport: { width: 1024, height: 768 }, javaScriptEnabled: false },
    },
  ],
});
