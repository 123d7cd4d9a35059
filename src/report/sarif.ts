import { cutText } from '../core/cut-text.ts'
import type { MergedFinding } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'
import { sha256 } from '../core/sha256.ts'
import { removedLinesOf } from './findings-text.ts'

/** GitHub keeps so many results of an analysis, and refuses over 25,000 (docs of SARIF support for code scanning). */
export const sarifResults = 5000

/** GitHub refuses a run with more tool extensions (the same page). */
const extensionLimit = 100

/** Characters of a message that GitHub shows in full. */
const messageLimit = 4000

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/** A score inside GitHub's band for the severity: over 9 critical, 7 high, 4 medium. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
}

/** What the file is about. */
export interface SarifRun {
  /** Of the orchestrator. */
  readonly version: string
  /** The orchestration: tells analyses of one commit apart. */
  readonly name: string
  readonly commit: string | null
  /** Most results; the worst are kept. */
  readonly most?: number
}

/**
 * Findings as SARIF 2.1.0 in one run. Only what lies in a file can be a result there; over 5,000 the worst are kept. A region is of the file as it is: what is about
 * removed lines has none, and says which in its message and its properties. The fingerprint is of the file,
 * the rule and the code that is quoted, so that neither edits above nor other words make another alert of it; without a quote of the title. It
 * has the name of the only one that GitHub goes by, `primaryLocationLineHash`: a file that is uploaded by the API gets none there.
 */
export function renderSarif(
  findings: readonly MergedFinding[],
  { version, name, commit, most = sarifResults }: SarifRun,
): string {
  const placed = findings.flatMap((finding) => (finding.path === null ? [] : { ...finding, path: finding.path }))
  const kept = placed
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .slice(0, Math.min(most, sarifResults))
  // The worst come first.
  const worst = new Map<string, Severity>()
  for (const finding of kept) if (!worst.has(ruleIdOf(finding))) worst.set(ruleIdOf(finding), finding.severity)
  const ruleIds = [...worst.keys()].toSorted()
  const indexes = new Map(ruleIds.map((id, index) => [id, index]))
  const agents = [...new Set(kept.flatMap((finding) => finding.agents))].toSorted().slice(0, extensionLimit)
  const fingerprintOf = createFingerprints()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'orchestrator',
            semanticVersion: version,
            rules: ruleIds.map((id) => ruleOf(id, worst.get(id) ?? 'info')),
          },
          ...(agents.length > 0 && { extensions: agents.map((agent) => ({ name: agent })) }),
        },
        automationDetails: { id: `${name}/` },
        ...(commit !== null && { properties: { commit } }),
        columnKind: 'utf16CodeUnits',
        results: kept.map((finding) => ({
          ruleId: ruleIdOf(finding),
          ruleIndex: indexes.get(ruleIdOf(finding)),
          level: levels[finding.severity],
          message: { text: messageOf(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodePath(finding.path), uriBaseId: '%SRCROOT%' },
                ...(finding.line !== null &&
                  finding.side === undefined && {
                    region: { startLine: finding.line, ...(finding.endLine !== null && { endLine: finding.endLine }) },
                  }),
              },
            },
          ],
          partialFingerprints: { primaryLocationLineHash: fingerprintOf(finding) },
          properties: {
            severity: finding.severity,
            agents: finding.agents,
            ...(finding.state !== 'candidate' && { state: finding.state }),
            ...(finding.confidence !== null && { confidence: finding.confidence }),
            ...(finding.side !== undefined && { side: finding.side, line: finding.line, endLine: finding.endLine }),
          },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Of equal ones the second, third … are told apart, as GitHub's own are. */
function createFingerprints(): (finding: MergedFinding) => string {
  const counts = new Map<string, number>()
  return (finding) => {
    const { path, title, evidence } = finding
    const subject = evidence === undefined ? title : evidence.replaceAll(/\s+/g, ' ').trim()
    const hash = sha256(JSON.stringify([path, ruleIdOf(finding), subject])).slice(0, 16)
    const count = (counts.get(hash) ?? 0) + 1
    counts.set(hash, count)
    return `${hash}:${count}`
  }
}

function ruleIdOf({ rule, category }: MergedFinding): string {
  return rule ?? category ?? 'finding'
}

/** GitHub sorts alerts by a rule's score: the worst severity that was found under it. */
function ruleOf(id: string, worst: Severity) {
  return {
    id,
    name: id,
    shortDescription: { text: id },
    help: { text: `Reported as ${id} by an instance of the orchestration.` },
    properties: { 'security-severity': scores[worst], tags: ['orchestrator'] },
  }
}

function messageOf(finding: MergedFinding): string {
  const { title, body, suggestion, agents } = finding
  const removed = removedLinesOf(finding)
  const parts = [
    removed === '' ? title : `${title} (${removed})`,
    body,
    suggestion === null ? '' : `Suggestion: ${suggestion}`,
    `Found by ${agents.join(', ')}.`,
  ]
  return cutText(parts.filter((part) => part !== '').join('\n\n'), messageLimit)
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
