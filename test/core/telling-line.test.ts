import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tellingLine } from '../../src/core/telling-line.ts'

/** Ends of what programs write to standard error, and the line that says why. */
const endings: readonly (readonly [string, string, string])[] = [
  [
    'node: an error',
    '/w/a.js:1\nthrow new TypeError("bad thing")\n^\n\nTypeError: bad thing\n    at Object.<anonymous> (/w/a.js:1:7)\n    at Module._compile (node:internal/modules/cjs/loader:1929:14)\n    at node:internal/main/run_main_module:33:47\n\nNode.js v24.21.0\n',
    'TypeError: bad thing',
  ],
  [
    'node: a syntax error',
    "/w/b.js:1\nconst x = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (node:internal/modules/cjs/loader:1861:18)\n\nNode.js v24.21.0\n",
    "SyntaxError: Unexpected token ';'",
  ],
  [
    'node: an error with properties',
    "node:internal/modules/package_json_reader:331\n  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);\n        ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'nope' imported from /w/c.mjs\n    at packageResolve (node:internal/modules/esm/resolve:784:25)\n    at ModuleJob.syncLink (node:internal/modules/esm/module_job:276:33) {\n  code: 'ERR_MODULE_NOT_FOUND'\n}\n\nNode.js v24.21.0\n",
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'nope' imported from /w/c.mjs",
  ],
  [
    'node: a string thrown',
    'node:internal/process/promises:394\n      triggerUncaughtException(err, true /* fromPromise */);\n      ^\n\n[UnhandledPromiseRejection: The promise rejected with the reason "x".] {\n  code: \'ERR_UNHANDLED_REJECTION\'\n}\n\nNode.js v24.21.0\n',
    '[UnhandledPromiseRejection: The promise rejected with the reason "x".]',
  ],
  ['node: a flag', 'node: bad option: --badflag\n', 'node: bad option: --badflag'],
  [
    'python: an error',
    'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nModuleNotFoundError: No module named \'nope\'\n',
    "ModuleNotFoundError: No module named 'nope'",
  ],
  [
    'python: a message of two lines',
    'Traceback (most recent call last):\n  File "<string>", line 2, in <module>\nZeroDivisionError: division by zero\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File "<string>", line 3, in <module>\nValueError: two\nlines\n',
    'ValueError: two',
  ],
  [
    'python: a syntax error',
    '  File "<string>", line 1\n    x = (\n        ^\nSyntaxError: \'(\' was never closed\n',
    "SyntaxError: '(' was never closed",
  ],
  ['python: its last words', 'loading\nbye\n', 'bye'],
  [
    'python: run by make',
    'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nKeyError: \'x\'\nmake: *** [Makefile:2: all] Error 1\n',
    "KeyError: 'x'",
  ],
  [
    'pip',
    'ERROR: Could not find a version that satisfies the requirement nope (from versions: none)\nERROR: No matching distribution found for nope\n\n[notice] A new release of pip is available: 23.2.1 -> 25.3\n[notice] To update, run: pip install --upgrade pip\n',
    'ERROR: No matching distribution found for nope',
  ],
  [
    'argparse',
    'usage: x.py [-h] name\nx.py: error: the following arguments are required: name\n',
    'x.py: error: the following arguments are required: name',
  ],
  [
    'git: a revision',
    "fatal: ambiguous argument 'nosuch': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'\n",
    "fatal: ambiguous argument 'nosuch': unknown revision or path not in the working tree.",
  ],
  [
    'git: a rejected push',
    "To github.com:x/y.git\n ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'github.com:x/y.git'\nhint: Updates were rejected because the remote contains work that you do not\nhint: have locally.\n",
    '! [rejected] main -> main (fetch first)',
  ],
  [
    'git: no branch to push',
    "error: src refspec main does not match any\nerror: failed to push some refs to 'origin'\n",
    'error: src refspec main does not match any',
  ],
  [
    'git: no key',
    'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n',
    'git@github.com: Permission denied (publickey).',
  ],
  [
    'git: local changes',
    'error: Your local changes to the following files would be overwritten by checkout:\n\ta.txt\nPlease commit your changes or stash them before you switch branches.\nAborting\n',
    'error: Your local changes to the following files would be overwritten by checkout:',
  ],
  [
    'git: somebody else’s folder',
    "fatal: detected dubious ownership in repository at '/w'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /w\n",
    "fatal: detected dubious ownership in repository at '/w'",
  ],
  [
    'git: an option',
    "error: unknown option `foo'\nusage: git branch [<options>] [-r | -a]\n   or: git branch [<options>] [-f]\n\nGeneric options\n    -v, --[no-]verbose    show hash and subject\n",
    "error: unknown option `foo'",
  ],
  [
    'npm: a script',
    'npm error Missing script: "nope"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\nnpm error A complete log of this run can be found in: /root/.npm/_logs/x-debug-0.log\n',
    'Missing script: "nope"',
  ],
  [
    'npm: a package',
    "npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/nope - Not found\nnpm error 404\nnpm error 404  'nope@*' is not in this registry.\nnpm error 404\nnpm error 404 Note that you can also install from a\nnpm error 404 tarball, folder, http url, or git folder.\nnpm error A complete log of this run can be found in: /root/.npm/_logs/x-debug-0.log\n",
    '404 Not Found - GET https://registry.npmjs.org/nope - Not found',
  ],
  [
    'npm: an old one',
    "npm ERR! code ENOENT\nnpm ERR! syscall open\nnpm ERR! path /w/package.json\nnpm ERR! errno -2\nnpm ERR! enoent ENOENT: no such file or directory, open '/w/package.json'\nnpm ERR! enoent This is related to npm not being able to find a file.\nnpm ERR! enoent \n\nnpm ERR! A complete log of this run can be found in:\nnpm ERR!     /root/.npm/_logs/x-debug-0.log\n",
    "enoent ENOENT: no such file or directory, open '/w/package.json'",
  ],
  [
    'npm: a failing script',
    '/w/a.js:1\nthrow new TypeError("bad thing")\n^\n\nTypeError: bad thing\n    at Object.<anonymous> (/w/a.js:1:7)\n\nNode.js v24.21.0\nnpm error Lifecycle script `test` failed with error:\nnpm error code 1\nnpm error path /w\nnpm error workspace x@1.0.0\nnpm error command failed\nnpm error command sh -c node a.js\n',
    'TypeError: bad thing',
  ],
  [
    'pnpm',
    ' ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND  No package.json was found in "/w".\n',
    'ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND No package.json was found in "/w".',
  ],
  [
    'yarn',
    'error Command failed with exit code 1.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n',
    'error Command failed with exit code 1.',
  ],
  [
    'eslint: no configuration',
    "\nOops! Something went wrong! :(\n\nESLint: 9.39.1\n\nESLint couldn't find an eslint.config.(js|mjs|cjs) file.\n\nFrom ESLint v9.0.0, the default configuration file is now eslint.config.js.\nIf you are using a .eslintrc.* file, please follow the migration guide\nto update your configuration file to the new format:\n\nhttps://eslint.org/docs/latest/use/configure/migration-guide\n\nIf you still have problems after following the migration guide, please stop by\nhttps://eslint.org/chat/help to chat with the team.\n\n",
    "ESLint couldn't find an eslint.config.(js|mjs|cjs) file.",
  ],
  [
    'eslint: problems',
    "\n/w/a.js\n  1:1  error  'x' is not defined  no-undef\n\n✖ 1 problem (1 error, 0 warnings)\n  0 errors and 1 warning potentially fixable with the `--fix` option.\n",
    '✖ 1 problem (1 error, 0 warnings)',
  ],
  ['bash: a command', 'bash: line 1: nosuch: command not found\n', 'bash: line 1: nosuch: command not found'],
  [
    'bash: with its trace',
    '+ make deploy\n./deploy.sh: line 3: TOKEN: unbound variable\n+ exit 1\n',
    './deploy.sh: line 3: TOKEN: unbound variable',
  ],
  [
    'env: Windows line ends',
    '/usr/bin/env: ‘bash\\r’: No such file or directory\n/usr/bin/env: use -[v]S to pass options in shebang lines\n',
    '/usr/bin/env: ‘bash\\r’: No such file or directory',
  ],
  [
    'coreutils',
    "ls: unrecognized option '--foo'\nTry 'ls --help' for more information.\n",
    "ls: unrecognized option '--foo'",
  ],
  [
    'curl: a progress bar',
    '  % Total    % Received % Xferd\n                                 Dload\n\r  0     0    0     0\r  0     0    0     0curl: (7) Failed to connect to 127.0.0.1 port 1\n',
    '0 0 0 0curl: (7) Failed to connect to 127.0.0.1 port 1',
  ],
  [
    'go: a panic',
    'panic: assignment to entry in nil map\n\ngoroutine 1 [running]:\nmain.main()\n\t/w/a.go:2 +0x28\nexit status 2\n',
    'panic: assignment to entry in nil map',
  ],
  [
    'go: a nil pointer',
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x47a]\n\ngoroutine 1 [running]:\nmain.main()\n\t/w/a.go:4 +0x1a\nexit status 2\n',
    'panic: runtime error: invalid memory address or nil pointer dereference',
  ],
  ['go: a compile error', '# command-line-arguments\n./b.go:2:14: undefined: x\n', './b.go:2:14: undefined: x'],
  [
    'rust: a panic',
    "thread 'main' (9820) panicked at a.rs:1:54:\nindex out of bounds: the len is 0 but the index is 3\nstack backtrace:\n   0: __rustc::rust_begin_unwind\n             at /rustc/59807616e1fa/library/std/src/panicking.rs:689:5\n   5: a::main\nnote: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.\n",
    'index out of bounds: the len is 0 but the index is 3',
  ],
  [
    'rust: a panic without a trace',
    "thread 'main' panicked at src/main.rs:2:5:\nassertion `left == right` failed\n  left: 1\n right: 2\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
    'assertion `left == right` failed',
  ],
  [
    'rust: a compile error',
    'error[E0308]: mismatched types\n --> b.rs:1:25\n  |\n1 | fn main(){ let x: i32 = "a"; }\n  |                   ---   ^^^ expected `i32`, found `&str`\n  |                   |\n  |                   expected due to this\n\nerror: aborting due to 1 previous error\n\nFor more information about this error, try `rustc --explain E0308`.\n',
    'error[E0308]: mismatched types',
  ],
  [
    'cargo',
    'error: no such command: `frob`\n\nhelp: a command with a similar name exists: `b`\n\nhelp: view all installed commands with `cargo --list`\n',
    'error: no such command: `frob`',
  ],
  [
    'java',
    'Exception in thread "main" java.lang.IllegalStateException: bad\n\tat A.main(A.java:1)\nCaused by: java.lang.RuntimeException: root cause\n\tat A.main(A.java:1)\n\t... 8 more\n',
    'Caused by: java.lang.RuntimeException: root cause',
  ],
  [
    'gradle',
    "\nFAILURE: Build failed with an exception.\n\n* What went wrong:\nTask 'x' not found in root project 'y'.\n\n* Try:\n> Run gradlew tasks to get a list of available tasks.\n\nBUILD FAILED in 1s\n",
    "Task 'x' not found in root project 'y'.",
  ],
  [
    'gcc',
    'x.c: In function ‘main’:\nx.c:1:19: error: ‘x’ undeclared (first use in this function)\n    1 | int main(){return x;}\n      |                   ^\nx.c:1:19: note: each undeclared identifier is reported only once for each function it appears in\n',
    'x.c:1:19: error: ‘x’ undeclared (first use in this function)',
  ],
  [
    'gcc, run by make',
    'cc1: fatal error: nosuch.c: No such file or directory\ncompilation terminated.\nmake: *** [Makefile:2: all] Error 1\n',
    'cc1: fatal error: nosuch.c: No such file or directory',
  ],
  [
    'ld',
    "/usr/bin/ld: /tmp/cc.o: in function `main':\nx.c:(.text+0xa): undefined reference to `foo'\ncollect2: error: ld returned 1 exit status\n",
    "x.c:(.text+0xa): undefined reference to `foo'",
  ],
  [
    'make',
    'make: *** No targets specified and no makefile found.  Stop.\n',
    'make: *** No targets specified and no makefile found. Stop.',
  ],
  ['make: only that', 'make: *** [Makefile:2: all] Error 1\n', 'make: *** [Makefile:2: all] Error 1'],
  [
    'perl',
    "Can't locate Nope.pm in @INC (you may need to install the Nope module) at -e line 1.\nBEGIN failed--compilation aborted at -e line 1.\n",
    "Can't locate Nope.pm in @INC (you may need to install the Nope module) at -e line 1.",
  ],
  [
    'ruby',
    "a.rb:1:in `<main>': undefined local variable or method `x' for main:Object (NameError)\n\tfrom a.rb:1:in `<main>'\n",
    "a.rb:1:in `<main>': undefined local variable or method `x' for main:Object (NameError)",
  ],
  [
    'php',
    'PHP Fatal error:  Uncaught Error: x in /w/a.php:3\nStack trace:\n#0 {main}\n  thrown in /w/a.php on line 3\n',
    'PHP Fatal error: Uncaught Error: x in /w/a.php:3',
  ],
  [
    'docker',
    "docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n\nRun 'docker run --help' for more information\n",
    'docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
  [
    'gh',
    'gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable. Example:\n  env:\n    GH_TOKEN: ${{ github.token }}\n',
    'gh: To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable. Example:',
  ],
  [
    'terraform',
    '╷\n│ Error: Invalid reference\n│ \n│   on main.tf line 1:\n│    1: x = y\n╵\n',
    'Error: Invalid reference',
  ],
  ['only hints', 'hint: one\nhint: two\n', 'hint: two'],
  ['only what is indented', '  one\n  two\n', 'two'],
  ['nothing', '\n \n', ''],
]

describe('the detail of a failure is the line that says why', () => {
  for (const [program, stderr, expected] of endings)
    it(program, () => {
      assert.equal(tellingLine(stderr), expected)
    })

  it('also where a line is very long', () => {
    for (const line of ['-'.repeat(16_000), `error: process ${'exit '.repeat(3000)}.`, `${'a'.repeat(16_000)}: `])
      assert.equal(tellingLine(`${line}\n`), line.trim())
  })
})
