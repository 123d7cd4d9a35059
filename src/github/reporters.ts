import type { ReporterEntry } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { annotationReporter } from './annotations.ts'
import { artifactReporter } from './artifact.ts'
import { checkRunReporter } from './check-run.ts'
import { commentReporter } from './comment-reporter.ts'
import { reviewReporter } from './review-reporter.ts'
import type { StepReporting } from './step-reporting.ts'
import { summaryReporter } from './summary.ts'

/** Everything that reports to GitHub, a line each. */
export const githubReporters: readonly ReporterEntry<StepReporting, ReportModel>[] = [
  summaryReporter,
  annotationReporter,
  commentReporter,
  checkRunReporter,
  reviewReporter,
  artifactReporter,
]
