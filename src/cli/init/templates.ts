import { fix } from './fix.ts'
import { nightlyAudit } from './nightly-audit.ts'
import { review } from './review.ts'
import { starter } from './starter.ts'
import type { Template } from './template.ts'
import type { TemplateName } from './template-names.ts'

/** What `init --template` writes, by name: a line each, and its name in `template-names.ts`. */
export const templates: Readonly<Record<TemplateName, Template>> = {
  starter,
  review,
  'nightly-audit': nightlyAudit,
  fix,
}
