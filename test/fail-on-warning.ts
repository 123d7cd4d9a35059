/** Preloaded into every test process: a process warning (leaked listener, unhandled rejection, deprecation) fails the suite. */
process.on('warning', (warning) => {
  if (warning.name === 'ExperimentalWarning') return
  throw warning
})
