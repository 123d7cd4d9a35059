import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { Json } from '../core/json.ts'

/**
 * A report in Checkstyle's XML (`<checkstyle><file name><error line severity message source>`) as JSON: `{ files: [{ name, errors: [{ line, … }] }] }`, the
 * attributes as texts. Undefined where it is no such document. Entities that a document declares are not expanded: one that refers to them is not read.
 */
export function readCheckstyle(text: string): Json | undefined {
  try {
    const { root } = parseXml(text.replace(/^\uFEFF/, '').trimStart())
    if (root?.name !== 'checkstyle') return undefined
    return {
      files: elementsOf(root, 'file').map((file) => ({
        name: file.attributes['name'] ?? null,
        errors: elementsOf(file, 'error').map(({ attributes }) => ({ ...attributes })),
      })),
    }
  } catch {
    return undefined
  }
}

function elementsOf(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement).filter((child) => child.name === name)
}
