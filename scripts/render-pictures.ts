/**
 * Makes the pictures of `docs/pictures/` anew: runs the review beside them under the simulation, renders its summary and its comment, and photographs both as
 * GitHub shows them: `node scripts/render-pictures.ts TOOLS`. TOOLS is a folder in which `npm install github-markdown-css marked mermaid` was run;
 * a Chromium must be on the PATH (Debian: `chromium`, `fonts-liberation`, `fonts-noto-color-emoji`).
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRunState } from '../src/core/run-state.ts'
import { foldJournal } from '../src/journal/read-journal.ts'
import { readerOfTexts } from '../src/process/kept-texts.ts'
import { renderComment } from '../src/report/comment.ts'
import { renderMarkdown } from '../src/report/markdown.ts'
import { buildReport } from '../src/report/report-model.ts'
import { withAnswers } from '../src/report/with-answers.ts'

const root = resolve(import.meta.dirname, '..')
const pictures = join(root, 'docs/pictures')
const [tools] = process.argv.slice(2)
if (tools === undefined) throw new Error('usage: node scripts/render-pictures.ts TOOLS')
const modules = resolve(tools, 'node_modules')
const { marked } = (await import(pathToFileURL(join(modules, 'marked/lib/marked.esm.js')).href)) as {
  marked: { parse(markdown: string): string }
}

const directory = mkdtempSync(join(tmpdir(), 'pictures-'))
const run = join(directory, 'run')
const PATH = [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter)
const files = ['docs/pictures/review.yml', '--simulate', 'docs/pictures/simulation.yml', '--run-dir', run]
const ended = spawnSync(process.execPath, [join(root, 'src/cli/main.ts'), 'run', ...files], {
  cwd: root,
  env: { ...process.env, PATH },
  stdio: 'inherit',
})
if (ended.status !== 1) throw new Error(`the run ended with ${ended.status}, and one of its instances is to fail`)
const state = createRunState(readerOfTexts(run))
foldJournal(join(run, 'journal.ndjson'), state)
const report = await withAnswers(buildReport(state))
const footer =
  '[Logs](https://github.com/octo/app/actions/runs/4711) · [Artifact](https://github.com/octo/app/actions/runs/4711#artifacts) · Commit [0a1b2c3](https://github.com/octo/app/commit/0a1b2c3)'

/** As wide as GitHub's job summary, and as its comments; the parts that are folded stay so in a comment. */
const pages = [
  { name: 'comment', width: 800, markdown: renderComment(report, { marker: '', footer }), isOpen: false },
  {
    name: 'summary',
    width: 1010,
    markdown: `${renderMarkdown(report, { maxBytes: 1_000_000 })}\n${footer}\n`,
    isOpen: true,
  },
]
for (const { name, width, markdown, isOpen } of pages) {
  const page = join(directory, `${name}.html`)
  writeFileSync(page, pageOf(marked.parse(markdown), width, isOpen))
  const picture = join(pictures, `${name}.png`)
  const height = measure(page, width)
  chromium(width, height, `--screenshot=${picture}`, pathToFileURL(page).href)
  console.log(`${picture}: ${width} × ${height}`)
}
rmSync(directory, { recursive: true })

function chromium(width: number, height: number, ...args: string[]): string {
  const usual = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=20000']
  const size = `--window-size=${width},${height}`
  return execFileSync('chromium', [...usual, size, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 300_000,
  })
}

/** Height of a page once its graph is drawn. */
function measure(page: string, width: number): number {
  const dom = chromium(width, 800, '--dump-dom', pathToFileURL(page).href)
  return Number(/data-height="(\d+)"/.exec(dom)?.[1] ?? 1600)
}

function pageOf(html: string, width: number, isOpen: boolean): string {
  const graph = /<pre><code class="language-mermaid">([^]*?)<\/code><\/pre>/g
  const body = html.replaceAll(graph, '<pre class="mermaid">$1</pre>')
  const opened = isOpen ? body.replaceAll('<details>', '<details open>') : body
  const style = readFileSync(join(modules, 'github-markdown-css/github-markdown-light.css'), 'utf8')
  const mermaid = pathToFileURL(join(modules, 'mermaid/dist/mermaid.min.js')).href
  return `<!doctype html><meta charset="utf-8"><style>${style}
body { margin: 0; width: ${width}px; background: #fff } article { padding: 16px }
/* GitHub's own page does these. */
.markdown-body table { display: block; overflow: auto; width: max-content; max-width: 100% } .mermaid { background: none !important }</style>
<article class="markdown-body">${opened}</article><script src="${mermaid}"></script><script>
mermaid.initialize({ startOnLoad: false, theme: 'default' })
mermaid.run().finally(() => { document.body.dataset.height = Math.ceil(document.querySelector('article').getBoundingClientRect().height) })
</script>`
}
