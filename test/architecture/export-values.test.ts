import assert from 'node:assert/strict'
import { it } from 'node:test'
import { runInNewContext } from 'node:vm'
import { exportValues } from '../../scripts/export-values.ts'

/** A bundle as webpack writes it: 1 exports a function and a constant, 2 what it makes of them, 3 is a package. */
const bundle = `({

/***/ 1:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ double),
/* harmony export */   l: () => (/* binding */ two)
/* harmony export */ });
const two = 2;
function double(number) {
    return number * two;
}

/***/ }),

/***/ 2:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  four: () => (/* reexport */ four)
});
var one = __webpack_require__(1);
const four = (0,one/* .double */ .Y)(one/* .two */ .l);

/***/ }),

/***/ 3:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   count: () => (/* binding */ count)
/* harmony export */ });
let count = 0;

/***/ })

})`

/** What module 2 and the others export, run by a loader as webpack's. */
function run(text: string): Map<number, object> {
  const modules = runInNewContext(text)
  const loaded = new Map<number, object>()
  const load = (id: number): object => {
    const known = loaded.get(id)
    if (known !== undefined) return known
    const exported = {}
    loaded.set(id, exported)
    modules[id]({}, exported, load)
    return exported
  }
  load.d = (target: object, getters: Record<string, () => unknown>) => {
    for (const [name, get] of Object.entries(getters)) Object.defineProperty(target, name, { enumerable: true, get })
  }
  for (const id of [2, 3]) load(id)
  return loaded
}

const kindOf = (target: object | undefined, name: string): string =>
  Object.getOwnPropertyDescriptor(target ?? {}, name)?.get === undefined ? 'value' : 'getter'

it('our modules export values, packages what webpack made of them, and all mean the same', () => {
  const before = run(bundle)
  const after = run(exportValues(bundle, new Set(['1', '2'])))
  assert.deepEqual([kindOf(before.get(1), 'Y'), kindOf(before.get(2), 'four')], ['getter', 'getter'])
  assert.deepEqual(
    [kindOf(after.get(1), 'Y'), kindOf(after.get(1), 'l'), kindOf(after.get(2), 'four'), kindOf(after.get(3), 'count')],
    ['value', 'value', 'value', 'getter'],
  )
  for (const made of [before, after]) assert.equal(Reflect.get(made.get(2) ?? {}, 'four'), 4)
})

it('a module that waits as it is loaded is left as it is', () => {
  const waiting = bundle.replace('const two = 2;', '__webpack_require__.a(module, () => {});\nconst two = 2;')
  assert.equal(exportValues(waiting, new Set(['1'])), waiting)
})

it('a bundle that exports in an unknown way is none', () => {
  assert.throws(() => exportValues(bundle.replace('Y: () => (', 'get Y() { return ('), new Set(['1'])), /another way/)
})
