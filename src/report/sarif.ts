import type { MergedFinding } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'

/** GitHub keeps so many results of an analysis, and refuses over 25,000 (docs of SARIF support for code scanning). */
const resultLimit = 5000

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
}

/**
 * Findings as SARIF 2.1.0 in one run. Only what lies in a file can be a result there; over 5,000 the worst are kept. Its fingerprint is made of the
 * place's file, the rule and the title, so that it survives edits above it.
 */
export function renderSarif(findings: readonly MergedFinding[], { version, name, commit }: SarifRun): string {
  const placed = findings.flatMap((finding) => (finding.path === null ? [] : { ...finding, path: finding.path }))
  const kept = placed
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .slice(0, resultLimit)
  const ruleIds = [...new Set(kept.map(ruleIdOf))].toSorted()
  const agents = [...new Set(kept.flatMap((finding) => finding.agents))].toSorted()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'orchestrator',
            semanticVersion: version,
            rules: ruleIds.map((id) => ruleOf(id, kept)),
          },
          ...(agents.length > 0 && { extensions: agents.map((agent) => ({ name: agent })) }),
        },
        automationDetails: { id: `${name}/` },
        ...(commit !== null && { properties: { commit } }),
        columnKind: 'utf16CodeUnits',
        results: kept.map((finding) => ({
          ruleId: ruleIdOf(finding),
          ruleIndex: ruleIds.indexOf(ruleIdOf(finding)),
          level: levels[finding.severity],
          message: { text: messageOf(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodePath(finding.path), uriBaseId: '%SRCROOT%' },
                ...(finding.line !== null && {
                  region: { startLine: finding.line, ...(finding.endLine !== null && { endLine: finding.endLine }) },
                }),
              },
            },
          ],
          partialFingerprints: {
            'orchestratorFinding/v1': `${finding.path}:${ruleIdOf(finding)}:${finding.title}`.slice(0, 500),
          },
          properties: {
            severity: finding.severity,
            agents: finding.agents,
            ...(finding.state !== 'candidate' && { state: finding.state }),
            ...(finding.confidence !== null && { confidence: finding.confidence }),
          },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function ruleIdOf({ rule, category }: MergedFinding): string {
  return rule ?? category ?? 'finding'
}

/** GitHub sorts alerts by a rule's score: the worst severity that was found under it. */
function ruleOf(id: string, findings: readonly MergedFinding[]) {
  const worst =
    severities[
      Math.min(...findings.filter((each) => ruleIdOf(each) === id).map((each) => severities.indexOf(each.severity)))
    ]
  return {
    id,
    name: id,
    shortDescription: { text: id },
    help: { text: `Reported as ${id} by an instance of the orchestration.` },
    properties: { 'security-severity': scores[worst ?? 'info'], tags: ['orchestrator'] },
  }
}

function messageOf({ title, body, suggestion, agents }: MergedFinding): string {
  const parts = [title, body, suggestion === null ? '' : `Suggestion: ${suggestion}`, `Found by ${agents.join(', ')}.`]
  const text = parts.filter((part) => part !== '').join('\n\n')
  return text.length <= messageLimit ? text : `${text.slice(0, messageLimit - 1)}…`
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
