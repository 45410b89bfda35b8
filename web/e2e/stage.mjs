/** The two demonstrations, each on data of its own in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From here the published labelled sets are found, where they are. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A build, where one is needed, and thousands of answers on a machine that does other things besides. */
const PATIENCE_MS = 30 * 60_000;

/** The data lie in a new folder; what the processes say stays beside them. */
export async function demonstrations(tasks) {
  const folder = mkdtempSync(join(tmpdir(), 'etalon-screens-'));
  const processes = [];

  function start(name, ...more) {
    const child = spawn(join(ROOT, 'etalon'), ['demo', ...more, '--data', join(folder, name), '--port', '0'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(child);
    let said = '';
    let heard = () => {};
    child.stdout.on('data', (part) => {
      said += part;
      heard();
    });
    child.on('exit', () => heard());
    /** Waits until it has said something, and gives what it has said. */
    const until = (words) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`demo ${name} has not said ${words}:\n${said}`)), PATIENCE_MS);
        heard = () => {
          if (!words.test(said) && child.exitCode === null) return;
          clearTimeout(late);
          if (words.test(said)) resolve(said);
          else reject(new Error(`demo ${name} ended with ${child.exitCode}:\n${said}`));
        };
        heard();
      });
    return until;
  }

  let june;
  return {
    async june() {
      june = start('june', 'june-2025', '--tasks', tasks);
      const said = await june(/ the operator\n/);
      const [viewer, requester, annotator, operator] = said.match(/http\S+\/#\/link\/\S+/g);
      return { url: new URL(viewer).origin, links: { viewer, requester, annotator, operator } };
    },
    juneEnded: () => june(/The five outcomes hold/),
    async demo() {
      const said = await start('demo')(/Sign in once with http\S+\s/);
      const visitor = /Sign in once with (\S+)/.exec(said)[1];
      return { url: new URL(visitor).origin, links: { visitor } };
    },
    /** Ends both and waits for their ends. */
    async stop() {
      processes.forEach((child) => child.kill('SIGTERM'));
      await this.stopped();
    },
    stopped: () => Promise.all(processes.map((child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)))),
  };
}
