/**
 * The program of a slot, for Perl: small, so that its forks are cheap, and part of nearly every Linux. It keeps one child waiting, whose
 * process group and pipes are there already; the child becomes the program that the next request names.
 *
 * It writes lines: `ready PID OUT ERR` (its child, and the descriptors of its own that read the child's output), `error ERRNO` when
 * the child could not become the program, `ended STATUS` (as of wait(2)). It reads requests: a length of four bytes,
 * big-endian, then fields with a zero byte between them: the child it is for, directory, number of arguments, the arguments, the
 * environment. A request for another is for one that was killed before it read it. Nothing of a request is ever seen by a shell. It ends
 * with its input.
 */
export declare const slotScript = "\nuse strict;\nmy $slot = $$;\n\nsub take {\n  my ($size) = @_;\n  my $bytes = '';\n  while (length $bytes < $size) {\n    next if sysread STDIN, $bytes, $size - length $bytes, length $bytes;\n    kill 'KILL', $slot if getppid == $slot;\n    exit;\n  }\n  return $bytes;\n}\n\nsub become {\n  my ($out, $err) = @_;\n  my ($for, $directory, $count, @fields);\n  do { ($for, $directory, $count, @fields) = split /\\0/, take(unpack 'N', take(4)), -1 } until $for eq $$;\n  my @argv = splice @fields, 0, $count;\n  open my $report, '>&', \\*STDOUT;\n  if (open STDIN, '<', '/dev/null' and open STDOUT, '>&', $out and open STDERR, '>&', $err and chdir $directory) {\n    %ENV = map { split /=/, $_, 2 } @fields;\n    exec { $argv[0] } @argv;\n  }\n  syswrite $report, 'error ' . ($! + 0) . \"\\n\";\n  kill 'KILL', $$;\n}\n\nwhile (1) {\n  pipe my $out, my $outEnd and pipe my $err, my $errEnd or exit;\n  my $pid = fork;\n  exit unless defined $pid;\n  setpgrp $pid, $pid;\n  become($outEnd, $errEnd) if $pid == 0;\n  close $outEnd;\n  close $errEnd;\n  syswrite STDOUT, \"ready $pid \" . fileno($out) . ' ' . fileno($err) . \"\\n\";\n  waitpid $pid, 0;\n  syswrite STDOUT, \"ended $?\\n\";\n}\n";
