import type { Finding } from '../../src/core/finding.ts'

/** A finding on line 2 of a file, but for what is said. */
export function findingAt(more: Partial<Finding>): Finding {
  return {
    path: 'src/a.ts',
    line: 2,
    endLine: null,
    severity: 'high',
    category: null,
    rule: null,
    title: 'A problem',
    body: '',
    suggestion: null,
    confidence: null,
    ...more,
  }
}
