import { textLimit } from '../core/event.ts'
import { record, type Decision } from './decision.ts'

/** Says which of the texts that were read are not whole: what is looked for may stand in what was left out. */
export function noticeCutTexts(decision: Decision): void {
  for (const { instance } of decision.progress.work.cutTexts.splice(0))
    record(decision, {
      type: 'notice',
      level: 'warning',
      id: instance.id,
      message:
        `its text was cut to ${textLimit.toLocaleString('en')} characters, the start and the end of it, and an expression read it: ` +
        `what must see all of it reads the file \`stdout-file\` names`,
    })
}
