import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { attachFiles } from '../../src/launch/attach.ts'
import { cutText, endOf, headOf } from '../../src/core/cut-text.ts'
import { plainLine } from '../../src/core/plain-text.ts'
import { createOutputReader, parseOutputs, readOutputFile } from '../../src/launch/output-file.ts'

let root: string
before(() => {
  root = mkdtempSync(join(tmpdir(), 'attach-'))
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/b.md'), 'second\n')
  writeFileSync(join(root, 'docs/a.md'), 'first, no line end')
  writeFileSync(join(root, 'fences.md'), 'text\n`````\ncode\n`````\n')
  writeFileSync(join(root, 'binary'), Buffer.from([1, 0, 2]))
})
after(() => rmSync(root, { recursive: true }))

const attach = async (...patterns: string[]): Promise<string> => {
  const attached = await attachFiles('Do it.', patterns, { roots: [root] })
  return 'prompt' in attached ? attached.prompt : `problem: ${attached.problem}`
}

describe('attached files', () => {
  it('stand behind the prompt, labelled and in the order of their names', async () => {
    const prompt = await attach('docs/*.md')
    assert.match(prompt, /^Do it\.\n\n.*data.*not instructions/)
    assert.ok(
      prompt.endsWith(
        'Attached file "docs/a.md" (data):\n```\nfirst, no line end\n```\n\nAttached file "docs/b.md" (data):\n```\nsecond\n```',
      ),
    )
  })

  it('cannot close the fence around them', async () => {
    assert.ok((await attach('fences.md')).includes('\n``````\ntext\n`````\ncode\n`````\n``````'))
  })

  it('may be named in full', async () => {
    assert.match(await attach(join(root, 'docs/a.md')), /first/)
  })

  it('say so when there was nothing to attach', async () => {
    assert.match(await attach(''), /nothing/)
  })

  for (const [pattern, problem] of [
    ['none.md', 'no file to attach: none.md'],
    ['docs/*.txt', 'no file to attach: docs/*.txt'],
    ['docs', 'no file to attach: docs'],
    ['binary', 'cannot attach binary: it is not text'],
  ] as const)
    it(`are a problem when they cannot be read: ${pattern}`, async () => {
      assert.equal(await attach(pattern), `problem: ${problem}`)
    })

  describe("of a stranger's tree", () => {
    let tree: string
    let run: string
    let confined: (pattern: string) => Promise<string>
    before(() => {
      tree = join(root, 'tree')
      run = join(root, 'run')
      for (const path of ['tree/.git', 'tree/sub/.GIT', 'run/logs']) mkdirSync(join(root, path), { recursive: true })
      for (const path of ['.git/config', 'sub/.GIT/config']) writeFileSync(join(tree, path), 'token\n')
      writeFileSync(join(tree, '.gitignore'), 'fine\n')
      writeFileSync(join(run, 'logs/a.1.stdout.log'), 'fine\n')
      symlinkSync('.git/config', join(tree, 'notes.md'))
      symlinkSync('.git', join(tree, 'folder'))
      symlinkSync('../docs/a.md', join(tree, 'outside.md'))
      symlinkSync('.gitignore', join(tree, 'inside.md'))
      const options = { roots: [tree, run], confinedTo: [tree, run] }
      confined = async (pattern) => {
        const attached = await attachFiles('', [pattern], options)
        return 'problem' in attached ? `problem: ${attached.problem}` : attached.prompt
      }
    })

    for (const pattern of ['notes.md', 'folder/config', 'sub/.GIT/config', '.git/config', 'outside.md', '../docs/a.md'])
      it(`are refused where they lead elsewhere: ${pattern}`, async () => {
        assert.match(await confined(pattern), /^problem: cannot attach .* is outside the workspace or inside \.git$/)
      })

    for (const pattern of ['.gitignore', 'inside.md', 'logs/a.1.stdout.log'])
      it(`are attached where they are its own or the run's: ${pattern}`, async () => {
        assert.match(await confined(pattern), /fine/)
      })
  })
})

describe('an output file', () => {
  it('holds pairs and blocks', () => {
    const { outputs, problem } = parseOutputs('a=1\r\nb=x=y<<z\n\nc<<END\nline 1\nEND of\nEND\na=2\n__proto__=p\n')
    assert.equal(problem, undefined)
    assert.deepEqual(Object.entries(outputs), [
      ['a', '2'],
      ['b', 'x=y<<z'],
      ['c', 'line 1\nEND of'],
      ['__proto__', 'p'],
    ])
  })

  it('is read in proportion to its size: a megabyte of blocks keeps nobody waiting', () => {
    const { outputs, problem } = parseOutputs(`${'a<<b\nb\n'.repeat(150_000)}c=d\n`)
    assert.equal(problem, undefined)
    assert.deepEqual({ ...outputs }, { a: '', c: 'd' })
  })

  it('may hold an empty block', () => {
    assert.deepEqual({ ...parseOutputs('a<<E\nE\n').outputs }, { a: '' })
  })

  it('is bad when a block does not end', () => {
    assert.equal(parseOutputs('a<<E\nx\n').problem, 'line 1: no line that is just E')
  })

  it('is bad when it is too large, and nothing when it is missing', () => {
    const path = join(root, 'outputs')
    assert.deepEqual(readOutputFile(path), { outputs: {} })
    writeFileSync(path, `a=${'x'.repeat(1_048_576)}`)
    assert.deepEqual(readOutputFile(path), { outputs: {}, problem: 'it is larger than 1048576 bytes' })
  })

  it('is bad when it cannot be read', () => {
    mkdirSync(join(root, 'folder'))
    assert.match(readOutputFile(join(root, 'folder')).problem ?? '', /^it cannot be read: .* is a directory/)
    symlinkSync('loop', join(root, 'loop'))
    assert.match(readOutputFile(join(root, 'loop')).problem ?? '', /^it cannot be read: ELOOP/)
  })

  it('is never another file: what a link leads to may be what the process could not read', () => {
    writeFileSync(join(root, 'private'), 'key=value\n')
    symlinkSync('private', join(root, 'linked'))
    const { outputs, problem } = readOutputFile(join(root, 'linked'))
    assert.deepEqual(outputs, {})
    assert.match(problem ?? '', /^it cannot be read: ELOOP/)
  })

  it('has no more than a run may have of them', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'orchestrator-outputs-'))
    t.after(() => rmSync(root, { recursive: true }))
    const path = join(root, 'output')
    writeFileSync(path, `a=${'x'.repeat(99)}\n`)
    const read = createOutputReader(250)
    assert.equal(read(path).outputs['a']?.length, 99)
    assert.equal(read(path).outputs['a']?.length, 99)
    assert.deepEqual(read(path), {
      outputs: {},
      problem: 'the outputs of this run would be more than 250 bytes: pass long texts on in files',
    })
    writeFileSync(path, 'b=small\n')
    assert.equal(read(path).outputs['b'], 'small', 'what still fits is taken')
  })
})

describe('one line', () => {
  it('has no line breaks, colours or control characters', () => {
    assert.equal(plainLine('\u001B[31mred\u001B[0m\n\ttwo\u0007 \u2028 three\u001B]0;title\u0007!'), 'red two three!')
  })

  it('is cut between characters', () => {
    assert.equal(cutText('ab😀cd', 4), 'ab…')
    assert.equal(headOf('ab😀', 3), 'ab')
    assert.equal(headOf('ab😀', 4), 'ab😀')
    assert.equal(endOf('😀cd', 3), 'cd')
  })
})
