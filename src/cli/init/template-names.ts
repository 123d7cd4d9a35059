/** The templates by name, the one that is used unless another is named first; their texts are loaded when one is written. */
export const templateNames = ['starter', 'review', 'nightly-audit', 'fix'] as const

/** The name of a template. */
export type TemplateName = (typeof templateNames)[number]
