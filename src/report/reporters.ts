import type { ReporterEntry } from '../core/reporter.ts'
import { consoleReporter } from './console.ts'
import { decisionReporter } from './decisions.ts'
import type { ReportModel } from './report-model.ts'
import type { RunReporting } from './run-reporting.ts'

/** Reporters of every run, a line each. Those that only a step of a workflow has are in `github/reporters`. */
export const commonReporters: readonly ReporterEntry<RunReporting, ReportModel>[] = [consoleReporter, decisionReporter]
