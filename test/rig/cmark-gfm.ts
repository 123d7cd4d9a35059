import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** GitHub's own Markdown. */
export interface Cmark {
  /** The HTML of a text, before GitHub takes out what it does not allow. */
  render(markdown: string): Promise<string>
  close(): void
}

const home = resolve(import.meta.dirname, '../../node_modules/.cache/cmark-gfm')
const python = join(home, 'bin/python')

/** Starts cmark-gfm, by the package of that name for Python, which is installed once; undefined where there is no Python, but in CI that is an error. */
export function openCmark(): Cmark | undefined {
  try {
    if (!existsSync(python)) install()
  } catch (error) {
    if (process.env['CI']) throw error
    return undefined
  }
  const child = spawn(python, [join(import.meta.dirname, 'cmark-gfm.py')], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting: ((html: string) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  return {
    render(markdown) {
      child.stdin.write(`${JSON.stringify(markdown)}\n`)
      return new Promise((done) => waiting.push(done))
    },
    close: () => child.stdin.end(),
  }
}

function install(): void {
  const run = (program: string, args: string[]): void => {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  run('python3', ['-m', 'venv', home])
  run(join(home, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', 'cmarkgfm==2025.10.22'])
}
