// What `.ci/sign-in` runs: `node sign-in.mjs FOLDER`, with the server's address and its owner's session in the
// environment.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { Browser, limited } from "./browser.mjs";

const [folder] = process.argv.slice(2);
const program = process.env.ZERODEPLOY_BIN;
const server = process.env.ZERODEPLOY_API_URL;
/** How long a command may take, in milliseconds: a code of the second factor is waited for up to 30 seconds. */
const LONGEST = 120_000;
const PASSWORD = "a long enough secret";

/** Runs the program as the server's owner and returns what it prints. */
const asOwner = (...options) => execFileSync(program, options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/** The environment of a person at another machine: nothing of the owner's is in it, and nothing of a pipeline's. */
const elsewhere = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NO_COLOR: "1",
    ZERODEPLOY_KEYRING: "off",
    ZERODEPLOY_CONFIG_DIR: join(folder, "elsewhere"),
    ZERODEPLOY_CACHE_DIR: join(folder, "elsewhere"),
    ZERODEPLOY_API_URL: server,
};

const inTerminal = (...options) => {
    const child = spawn(program, options, { env: elsewhere, stdio: ["ignore", "pipe", "pipe"] });
    const told = { stdout: "", stderr: "" };
    let wake = () => {};
    for (const name of ["stdout", "stderr"]) {
        child[name].setEncoding("utf8").on("data", (text) => { told[name] += text; wake(); });
    }
    const ended = new Promise((resolve) => child.on("close", (code) => resolve({ code, ...told })));
    /** Waits until standard error holds something. */
    const telling = (pattern) => limited(`${options.join(" ")} telling ${pattern}`, new Promise((resolve, reject) => {
        wake = () => { const match = told.stderr.match(pattern); if (match) resolve(match); };
        wake();
        ended.then(({ code }) => reject(new Error(`it ended with ${code}: ${told.stderr}`)));
    }));
    return { telling, ended: limited(options.join(" "), ended, LONGEST) };
};

/** The code of RFC 6238 for a key in base32, now. */
const codeOf = (base32) => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const digest = createHmac("sha1", key).update(counter).digest();
    const at = digest[19] & 15;
    return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
};

const browser = await Browser.start();
try {
    // Invited: looking at the link uses nothing up, setting the password does.
    const link = asOwner("user", "invite", "ada");
    await browser.open(link);
    await browser.open(link);
    await browser.screenshots("invitation");
    await browser.type("#new-password", PASSWORD);
    await browser.type("#repeated", PASSWORD);
    await browser.click("main button.primary");
    assert.match(await browser.text(), /ada/);
    await browser.screenshots("account");
    const cookies = await browser.cookies();
    assert.ok(cookies.length > 0 && cookies.every((cookie) => cookie.httpOnly), "scripts never see the cookies");

    // A second factor.
    await browser.click("input[value=draw-second-factor] ~ button");
    await browser.screenshots("second-factor");
    const key = (await browser.html()).match(/name="key" value="([A-Z2-7]+)"/)[1];
    const used = codeOf(key);
    await browser.type("#one-time-code", used);
    await browser.type("#password", PASSWORD);
    await browser.click("input[value=set-second-factor] ~ button.primary");
    assert.match(await browser.text(), /Remove the second factor/);
    await browser.click(".who button");

    // A terminal elsewhere asks; the page asks for password and code first. The code was used above, so the next one
    // is waited for.
    const login = inTerminal("login", "--no-browser");
    const [, userCode] = await login.telling(/([B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4})/);
    await browser.open(`${server}/device?code=${userCode}`);
    await browser.screenshots("sign-in");
    await browser.type("#name", "ada");
    await browser.type("#password", "not the password");
    await browser.click("main button.primary");
    await browser.screenshots("sign-in-refused");
    assert.match(await browser.text(), /wrong|not right|does not fit|refused/i);
    let code = codeOf(key);
    while (code === used) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        code = codeOf(key);
    }
    await browser.type("#password", PASSWORD);
    await browser.type("#code", code);
    await browser.click("main button.primary");
    await browser.screenshots("device");
    await browser.click("main button.primary");
    const question = await browser.text();
    assert.ok(question.includes(userCode), question);
    await browser.screenshots("device-question");
    await browser.click(".choice button.primary");
    await browser.screenshots("device-approved");
    const signedIn = await login.ended;
    assert.equal(signedIn.code, 0, signedIn.stderr);
    const who = await inTerminal("whoami", "--json").ended;
    assert.equal(JSON.parse(who.stdout).username, "ada", who.stderr);

    // Somebody else's terminal is denied.
    const denied = inTerminal("login", "--no-browser", "--profile", "other", "--json");
    const [, otherCode] = await denied.telling(/([B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4})/);
    await browser.open(`${server}/device`);
    await browser.type("#code", otherCode.toLowerCase().replace("-", ""));
    await browser.click("main button.primary");
    await browser.click(".choice button.secondary");
    await browser.screenshots("device-denied");
    const refused = await denied.ended;
    assert.equal(refused.code, 1, refused.stderr);

    // The owner shuts her out: the terminal and the browser are refused at once.
    asOwner("user", "disable", "ada");
    const shutOut = await inTerminal("whoami").ended;
    assert.equal(shutOut.code, 1, shutOut.stdout);
    assert.match(shutOut.stderr, /disabled/);
    await browser.open(`${server}/account`);
    assert.ok(await browser.has("#name"), "signed out");
    asOwner("user", "enable", "ada");
    const logout = await inTerminal("logout").ended;
    assert.equal(logout.code, 0, logout.stderr);
} finally {
    await browser.close();
}
