import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Diagnostic, SourceRange } from '../../src/core/diagnostic.ts'
import { countDiagnostics, renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { textWidth } from '../../src/report/text-width.ts'

/** The range of the first `word` in a text; columns count UTF-16 units from 1. */
function rangeOf(text: string, word: string, file = 'a.yml'): SourceRange {
  const position = (offset: number) => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset }
  }
  const offset = text.indexOf(word)
  return { file, start: position(offset), end: position(offset + word.length) }
}

function render(text: string, word: string, more: Partial<Diagnostic> = {}, columns = 100): string {
  const diagnostic: Diagnostic = {
    code: 'unknown-key',
    severity: 'error',
    message: 'unknown key',
    range: rangeOf(text, word),
    ...more,
  }
  return renderDiagnostics([diagnostic], new Map([['a.yml', text]]), 'text', { columns })
}

/** The two lines of the excerpt, without their gutter. */
function excerptOf(text: string, word: string, columns = 100): { line: string; mark: string } {
  const [, line = '', mark = ''] = render(text, word, {}, columns).split('\n')
  return { line: line.slice(7), mark: mark.slice(7) }
}

/** What stands above the mark. */
function marked({ line, mark }: { line: string; mark: string }): string {
  const at = mark.indexOf('^')
  let column = 0
  let text = ''
  for (const character of line) {
    if (column >= at && column < mark.length) text += character
    column += textWidth(character)
  }
  return text
}

describe('diagnostics as text', () => {
  it('name the place, show the line, underline the range, give notes and hint', () => {
    const text = 'name: x\ninstances:\n  a:\n    need: b\n  a:\n    run: x\n'
    const first = rangeOf(text, '  a:')
    assert.equal(
      render(text, 'need', {
        message: 'unknown key `need`',
        hint: 'did you mean `needs`?',
        notes: [{ message: 'of this instance', range: first }, { message: 'without a place' }],
      }),
      [
        'a.yml:4:5: error[unknown-key]: unknown key `need`',
        '   4 |     need: b',
        '     |     ^~~~',
        '     note: a.yml:3:1: of this instance',
        '   3 |   a:',
        '     | ^~~~',
        '     note: without a place',
        '     hint: did you mean `needs`?',
        '',
      ].join('\n'),
    )
  })

  it('keep the mark under its text with tabs, wide characters and combining marks', () => {
    assert.equal(marked(excerptOf('\tkey:\tvalue here', 'value')), 'value')
    assert.equal(marked(excerptOf('名前: 値です ここ', 'ここ')), 'ここ')
    assert.equal(marked(excerptOf('e\u0301te\u0301: x wrong', 'wrong')), 'wrong')
    assert.equal(marked(excerptOf('🎉🎉 emoji: bad', 'bad')), 'bad')
  })

  it('take CRLF and a mark at the end of the line', () => {
    const { line, mark } = excerptOf('a: 1\r\nb:\r\nc: 2\r\n', 'b:')
    assert.equal(line, 'b:')
    assert.equal(mark, '^~')
    const text = 'key:\r\n'
    const end = { line: 1, column: 5, offset: 4 }
    const rendered = renderDiagnostics(
      [{ code: 'x', severity: 'error', message: 'm', range: { file: 'a.yml', start: end, end } }],
      new Map([['a.yml', text]]),
      'text',
    )
    assert.equal(rendered.split('\n')[2], '     |     ^')
  })

  it('cut a line of 10 kB around the mark, whatever the width', () => {
    for (const columns of [20, 40, 80, 200])
      for (const before of [0, 10, 4990, 9990]) {
        const text = `${'abcdefghij'.repeat(1000).slice(0, before)}WRONG${'x'.repeat(9995 - before)}`
        const { line, mark } = excerptOf(text, 'WRONG', columns)
        assert.ok(textWidth(line) <= Math.max(20, columns), `${columns}: ${line}`)
        assert.equal(marked({ line, mark }), 'WRONG')
      }
  })

  it('underline a long range to the end of what is shown, and the first line of one over several', () => {
    const { line, mark } = excerptOf(`a: ${'y'.repeat(500)}`, 'y'.repeat(500), 60)
    assert.ok(mark.length <= 60 && line.endsWith('…'))
    const text = 'a: |\n  one\n  two\n'
    assert.equal(excerptOf(text, '|\n  one\n  two').mark, '   ^')
  })

  it('name characters that reorder or hide text, and let none through in a message', () => {
    const text = 'run: echo \u202Ecod.exe \u200Bx \u001B[31m'
    const { line } = excerptOf(text, 'echo')
    assert.equal(line, 'run: echo <U+202E>cod.exe <U+200B>x <U+001B>[31m')
    const rendered = render(text, 'echo', { message: 'bad \u001B[31m\u202E\nvalue' })
    assert.ok(rendered.startsWith('a.yml:1:6: error[unknown-key]: bad value\n'))
  })

  it('do without an excerpt where the text is not known or there is no place', () => {
    const range = rangeOf('x', 'x', 'gone.yml')
    const both: Diagnostic[] = [
      { code: 'c', severity: 'warning', message: 'm', range },
      { code: 'c', severity: 'notice', message: 'no place' },
    ]
    assert.equal(renderDiagnostics(both, new Map(), 'text'), 'gone.yml:1:1: warning[c]: m\n\nnotice[c]: no place\n')
    assert.equal(countDiagnostics(both), '1 warning, 1 notice')
  })

  it('are one line each as compilers write them, or JSON', () => {
    const diagnostics: Diagnostic[] = [
      { code: 'c', severity: 'error', message: 'two\nlines', range: rangeOf('ab', 'b') },
    ]
    assert.equal(renderDiagnostics(diagnostics, new Map(), 'line'), 'a.yml:1:2: error c two lines\n')
    assert.deepEqual(JSON.parse(renderDiagnostics(diagnostics, new Map(), 'json')), diagnostics)
    assert.equal(renderDiagnostics([], new Map(), 'line'), '')
    assert.equal(renderDiagnostics([], new Map(), 'json'), '[]\n')
  })
})
