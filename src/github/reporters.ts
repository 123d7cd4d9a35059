import type { ReporterEntry } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { commentFormOf, targetOf } from './comment-target.ts'
import type { StepReporting } from './step-reporting.ts'

/** Everything that reports to GitHub: when it does, and what is loaded then. */
export const githubReporters: readonly ReporterEntry<StepReporting, ReportModel>[] = [
  {
    name: 'summary',
    when: ({ settings, offers }) => settings.summary && offers.summary,
    create: async (step) => (await import('./summary.ts')).reportToSummary(step),
  },
  {
    name: 'annotations',
    when: ({ settings }) => settings.annotations,
    create: async (step) => (await import('./annotations.ts')).reportToAnnotations(step),
  },
  {
    name: 'comment',
    when: (step) => commentFormOf(step) !== 'none' && targetOf(step) !== undefined,
    create: async (step) => (await import('./comment-reporter.ts')).reportToComment(step),
  },
  {
    name: 'check',
    when: ({ settings, context }) => settings.check !== undefined && context.repository !== undefined,
    create: async (step) => (await import('./check-run.ts')).reportToCheckRun(step),
  },
  {
    name: 'review',
    when: (step) => step.settings.review !== undefined && targetOf(step) !== undefined,
    create: async (step) => (await import('./review-reporter.ts')).createReviewReporter(step),
  },
  {
    name: 'sarif-upload',
    when: ({ settings, context }) => settings.sarifUpload === true && context.repository !== undefined,
    create: async (step) => (await import('./sarif-upload.ts')).createSarifUploadReporter(step),
  },
  {
    name: 'artifact',
    when: ({ inputs, offers }) => inputs.artifactName !== null && offers.artifacts,
    create: async (step) => (await import('./artifact-history.ts')).reportToArtifact(step),
  },
]
