// Drives Chromium over a pipe, with nothing but Node: keys and clicks as a person makes them, with the pages' scripts
// switched off, because the pages have to work without.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long the browser may take for one thing, in milliseconds. */
const PATIENCE = 30_000;

export class Browser {
    #next = 1;
    #waiting = new Map();
    #listeners = [];
    #rest = "";

    static async start(program = process.env.CHROMIUM ?? "chromium") {
        const browser = new Browser();
        browser.profile = mkdtempSync(join(tmpdir(), "browser-"));
        const options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
            "--no-first-run", "--disable-background-networking", "--window-size=900,1200", `--user-data-dir=${browser.profile}`];
        browser.process = spawn(program, options, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
        browser.process.on("error", (error) => { throw error; });
        browser.process.stdio[4].setEncoding("utf8").on("data", (text) => browser.#read(text));
        const { targetId } = await browser.#send("Target.createTarget", { url: "about:blank" });
        const { sessionId } = await browser.#send("Target.attachToTarget", { targetId, flatten: true });
        browser.session = sessionId;
        await browser.send("Page.enable");
        await browser.send("DOM.enable");
        await browser.send("Network.enable");
        await browser.send("Emulation.setScriptExecutionDisabled", { value: true });
        return browser;
    }

    #read(text) {
        const messages = (this.#rest + text).split("\0");
        this.#rest = messages.pop();
        for (const message of messages.map((message) => JSON.parse(message))) {
            const waiting = this.#waiting.get(message.id);
            if (waiting) {
                this.#waiting.delete(message.id);
                message.error ? waiting.reject(new Error(message.error.message)) : waiting.resolve(message.result);
            }
            this.#listeners.forEach((listener) => listener(message));
        }
    }

    #send(method, params = {}, sessionId = undefined) {
        const id = this.#next++;
        this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
        return limited(method, new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject })));
    }

    send(method, params) {
        return this.#send(method, params, this.session);
    }

    /** Does something and waits until the page that it leads to has been loaded. */
    async #loading(what, action) {
        const loaded = new Promise((resolve) => {
            const listener = (message) => {
                if (message.method === "Page.loadEventFired") {
                    this.#listeners = this.#listeners.filter((other) => other !== listener);
                    resolve();
                }
            };
            this.#listeners.push(listener);
        });
        await action();
        await limited(what, loaded);
    }

    open(url) {
        return this.#loading(`opening ${url}`, () => this.send("Page.navigate", { url }));
    }

    async #node(selector) {
        const { root } = await this.send("DOM.getDocument", { depth: 0 });
        const { nodeId } = await this.send("DOM.querySelector", { nodeId: root.nodeId, selector });
        if (!nodeId) throw new Error(`the page has no ${selector}:\n${await this.html()}`);
        return nodeId;
    }

    async has(selector) {
        return this.#node(selector).then(() => true, () => false);
    }

    async type(selector, text) {
        await this.send("DOM.focus", { nodeId: await this.#node(selector) });
        await this.send("Input.insertText", { text });
    }

    async click(selector) {
        const nodeId = await this.#node(selector);
        await this.send("DOM.scrollIntoViewIfNeeded", { nodeId });
        const { quads: [[left, top, , , right, bottom]] } = await this.send("DOM.getContentQuads", { nodeId });
        const at = { x: (left + right) / 2, y: (top + bottom) / 2, button: "left", clickCount: 1 };
        await this.#loading(`clicking ${selector}`, async () => {
            await this.send("Input.dispatchMouseEvent", { type: "mousePressed", ...at });
            await this.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...at });
        });
    }

    async html() {
        const { root } = await this.send("DOM.getDocument", { depth: 0 });
        return (await this.send("DOM.getOuterHTML", { nodeId: root.nodeId })).outerHTML;
    }

    /** What a person reads on the page, near enough. */
    async text() {
        const body = (await this.html()).replace(/^[\s\S]*<body[^>]*>/, "");
        return body.replace(/<[^>]*>/g, " ").replace(/&amp;/g, "&").replace(/&#39;|&apos;/g, "'").replace(/\s+/g, " ");
    }

    cookies() {
        return this.send("Network.getCookies").then(({ cookies }) => cookies);
    }

    /** Writes `<name>-light.png` and `<name>-dark.png` into the folder SCREENSHOTS, if there is one. */
    async screenshots(name) {
        if (!process.env.SCREENSHOTS) return;
        for (const value of ["light", "dark"]) {
            await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
            const { data } = await this.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
            writeFileSync(join(process.env.SCREENSHOTS, `${name}-${value}.png`), Buffer.from(data, "base64"));
        }
    }

    async close() {
        await this.#send("Browser.close").catch(() => this.process.kill());
        await new Promise((resolve) => this.process.exitCode === null ? this.process.on("exit", resolve) : resolve());
        rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
    }
}

/** The same promise, rejected when it takes too long. */
export async function limited(what, promise, patience = PATIENCE) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what} took over ${patience / 1000} s`)), patience);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}
