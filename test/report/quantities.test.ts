import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addAccounting, freeAccounting, unknownAccounting, type Accounting } from '../../src/core/usage.ts'
import { lastLines, plainText, withoutCommands } from '../../src/core/plain-text.ts'
import * as quantities from '../../src/report/quantities.ts'
import { sumAccounting } from '../../src/core/usage.ts'
import { cutToWidth, fitToWidth, textWidth } from '../../src/report/text-width.ts'

const known: Accounting = {
  usage: { input: 10, cacheRead: 20, cacheWrite: 5, output: 7, reasoning: 3 },
  costUsd: 0.25,
  costSource: 'cli',
  partial: false,
}

describe('quantities', () => {
  it('read as people say them', () => {
    const durations = [null, 0, 23, 94, 95, 999, 9949, 9950, 59_499, 59_500, 3_599_499, 3_600_000, 90_000_000]
    assert.deepEqual(durations.map(quantities.formatDuration), [
      '–',
      '0ms',
      '23ms',
      '94ms',
      '0.1s',
      '1.0s',
      '9.9s',
      '10s',
      '59s',
      '1m 00s',
      '59m 59s',
      '1h 00m',
      '25h 00m',
    ])
    const counts = [0, 999, 1000, 99_949, 99_950, 999_499, 999_500, 12_345_678]
    assert.deepEqual(counts.map(quantities.formatShortCount), [
      '0',
      '999',
      '1.0k',
      '99.9k',
      '100k',
      '999k',
      '1.0M',
      '12.3M',
    ])
    assert.deepEqual([0, 999, 1000, 1_234_567].map(quantities.formatCount), ['0', '999', '1,000', '1,234,567'])
    assert.deepEqual([0, 0.00012, 0.0999, 0.1, 12.345].map(quantities.formatDollars), [
      '$0.00',
      '$0.0001',
      '$0.0999',
      '$0.10',
      '$12.35',
    ])
  })

  it('say unknown, lower bounds and nothing at all', () => {
    assert.deepEqual(quantities.formatTokenCells(known), { input: '35', cached: '20', output: '7 (3 reasoning)' })
    assert.deepEqual(quantities.formatTokenCells({ ...known, partial: true }).input, '≥ 35')
    assert.deepEqual(quantities.formatTokenCells(unknownAccounting).output, 'unknown')
    assert.deepEqual(quantities.formatTokenCells(freeAccounting).output, '–')
    assert.equal(quantities.formatCost(known), '$0.25')
    assert.equal(quantities.formatCost(unknownAccounting), 'unknown')
    assert.equal(quantities.formatCost(addAccounting(unknownAccounting, known)), '≥ $0.25')
    assert.equal(quantities.formatCost(freeAccounting), '–')
  })

  it('do not make an unknown look known by adding commands to it', () => {
    assert.deepEqual(sumAccounting([freeAccounting, unknownAccounting, freeAccounting]), unknownAccounting)
    assert.deepEqual(sumAccounting([freeAccounting]), freeAccounting)
    const sum = sumAccounting([known, unknownAccounting, known])
    assert.deepEqual([sum.usage?.input, sum.costUsd, sum.partial], [20, null, true])
  })
})

describe('plain text', () => {
  it('has no escape sequences, controls or characters that reorder', () => {
    assert.equal(
      plainText('\u001B[1;31mred\u001B[0m \u001B]0;title\u0007x\u001B]8;;u\u001B\\y \u009B2Jz\u001B(B'),
      'red xy z',
    )
    assert.equal(plainText('a\u202Eb\u2067c\u200Ed\uFEFFe\u{E0041}f\u0000g\u0008h'), 'abcdefgh')
    assert.equal(plainText('broken \uD83D surrogate'), 'broken  surrogate')
    assert.equal(plainText('keep\ttabs, 名前, é and 😀'), 'keep\ttabs, 名前, é and 😀')
    assert.equal(plainText('cut off \u001B[31'), 'cut off ')
  })

  it('shows what a progress bar left', () => {
    assert.equal(plainText('10%\r50%\r100%\r\ndone\r\n'), '100%\ndone\n')
    assert.equal(plainText('10%\r50%\r'), '50%')
  })

  it('gives the runner no command', () => {
    assert.equal(withoutCommands('::error::x'), ': :error::x')
    assert.equal(withoutCommands('  ::error::x'), '  : :error::x')
    assert.equal(withoutCommands('a ##[error]x'), 'a ## [error]x')
    assert.equal(withoutCommands('std::vector'), 'std::vector')
  })

  it('is cut by lines and by columns', () => {
    assert.deepEqual(lastLines('a\nb\nc\n\n', 2), { lines: ['b', 'c'], omitted: 1 })
    assert.deepEqual(lastLines('\n', 2), { lines: [], omitted: 0 })
    assert.equal(textWidth('名前é😀'), 7)
    assert.equal(cutToWidth('名前です', 5), '名前…')
    assert.equal(fitToWidth('ab', 4), 'ab  ')
    assert.equal(fitToWidth('ab', 4, 'right'), '  ab')
  })
})
