import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Builder, Capabilities, Key, Origin, type WebDriver } from 'selenium-webdriver'
import type { RunningEngine } from './engine.ts'
import { findInSurvey } from './find-in-survey.ts'
import { ended, openXDisplay } from './x-display.ts'

const driverPath = '/usr/bin/WebKitWebDriver'
/** What the driver has not answered by then it never does; its own limits on loads and scripts are shorter. */
const answerMs = 22_000
/** The window's frame; WebKitGTK takes the size of the window, not of the page. */
const frameHeight = 38

/** The small browser that comes with WebKitGTK. */
function findMiniBrowser(): string | undefined {
  for (const base of [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib',
    '/usr/libexec',
  ]) {
    if (!existsSync(base)) continue
    for (const folder of readdirSync(base).filter((name) => name.startsWith('webkit2gtk-4'))) {
      const path = `${base}/${folder}/MiniBrowser`
      if (existsSync(path)) return path
    }
  }
  return undefined
}

export const hasWebkit = (): boolean =>
  existsSync(driverPath) && existsSync('/usr/bin/Xvfb') && findMiniBrowser() !== undefined

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()))
    })
  })

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await fetch(`${url}/status`)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(setImmediate)
    }
  }
}

/** WebKitGTK, over WebDriver, on a screen of its own. Every visitor is a session, with storage that goes with it. */
export async function openWebkit(): Promise<RunningEngine> {
  const display = await openXDisplay()
  const configHome = await mkdtemp(join(tmpdir(), 'heed-webkit-'))
  await mkdir(join(configHome, 'gtk-3.0'))
  await writeFile(join(configHome, 'gtk-3.0', 'settings.ini'), '[Settings]\ngtk-enable-animations=0\n')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const service = spawn(driverPath, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      // Where GTK looks for the wish for less motion.
      XDG_CONFIG_HOME: configHome,
      // There is no graphics card behind the screen, and often no way to nest a sandbox in a container.
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  })
  await untilReady(url)
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
  })
  const open = () =>
    new Builder().disableEnvironmentOverrides().usingServer(url).withCapabilities(capabilities).build()
  const probe = await open()
  const version = String((await probe.getCapabilities()).get('browserVersion'))
  await probe.quit()
  return {
    name: 'webkit',
    keepsPages: true,
    version,
    async newDriver({ width, height }) {
      const session = await open()
      let hasStalled = false
      const execute = session.execute.bind(session)
      session.execute = (command) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(() => {
            hasStalled = true
            reject(
              new Error(`WebKitGTK's driver, not the page, is stuck: no answer to "${command.getName()}"`),
            )
          }, answerMs)
          execute(command)
            .then((answer) => resolve(answer as never), reject)
            .finally(() => clearTimeout(timer))
        })
      await session
        .manage()
        .window()
        .setRect({ x: 0, y: 0, width, height: height + frameHeight })
      await session.manage().setTimeouts({ pageLoad: 20_000, script: 20_000 })
      // Each somewhere else, or GTK takes two in a row for a double click.
      let clicks = 0
      return {
        goto: (address) => session.get(address),
        evaluate: (run, ...args) => evaluate(session, run, args),
        async click(what) {
          // Not by the driver's own click: it takes the inside of an <input> in a shadow tree for something in its way.
          const place = (await session.executeScript(
            `const found = (${findInSurvey})(arguments[0])
            if (!found) return null
            found.scrollIntoView({ block: 'nearest' })
            const box = found.getBoundingClientRect()
            return { x: Math.round(box.x + box.width * arguments[1]), y: Math.round(box.y + box.height / 2) }`,
            what,
            clicks++ % 2 ? 0.3 : 0.7,
          )) as { x: number; y: number } | null
          if (!place) return false
          await session
            .actions({ async: true })
            .move({ ...place, origin: Origin.VIEWPORT, duration: 0 })
            .press()
            .release()
            .perform()
          return true
        },
        read: (what) =>
          session.executeScript(
            `const found = (${findInSurvey})(arguments[0]); return found ? (found.value || found.textContent) : null`,
            what,
          ),
        async press(keys) {
          const names = keys.split('+').map(keyOf)
          const actions = session.actions({ async: true })
          for (const name of names) actions.keyDown(name)
          for (const name of names.reverse()) actions.keyUp(name)
          await actions.perform()
        },
        type: (text) => session.actions({ async: true }).sendKeys(text).perform(),
        point: (x, y) =>
          session.actions({ async: true }).move({ x, y, origin: Origin.VIEWPORT, duration: 0 }).perform(),
        // The driver's own screenshot never comes back on such a screen.
        screenshot: () => display.screenshot(Math.max(width, 447), height + frameHeight),
        // A driver that does not answer goes with the engine.
        close: async () => (hasStalled ? undefined : session.quit()),
      }
    },
    async close() {
      await ended(service)
      await display.close()
      await rm(configHome, { recursive: true, force: true })
    },
  }
}

/** By the names of the web, as everywhere else. */
function keyOf(name: string): string {
  const constant = name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase() as keyof typeof Key
  const key = Key[constant]
  return typeof key === 'string' ? key : name
}

/** Promises too: WebDriver waits for the callback that it adds as the last argument. */
async function evaluate<Args extends unknown[], Result>(
  session: WebDriver,
  run: (...args: Args) => Result | Promise<Result>,
  args: Args,
): Promise<Result> {
  const script = `const args = [...arguments], done = args.pop()
    Promise.resolve().then(() => (${run})(...args)).then(
      (value) => done({ value }), (error) => done({ error: String(error) }))`
  const { value, error } = (await session.executeAsyncScript(script, ...args)) as {
    value: Result
    error?: string
  }
  if (error) throw new Error(error)
  return value
}
