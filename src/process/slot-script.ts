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
export const slotScript = `
use strict;
my $slot = $$;

sub take {
  my ($size) = @_;
  my $bytes = '';
  while (length $bytes < $size) {
    next if sysread STDIN, $bytes, $size - length $bytes, length $bytes;
    kill 'KILL', $slot if getppid == $slot;
    exit;
  }
  return $bytes;
}

sub become {
  my ($out, $err) = @_;
  my ($for, $directory, $count, @fields);
  do { ($for, $directory, $count, @fields) = split /\\0/, take(unpack 'N', take(4)), -1 } until $for eq $$;
  my @argv = splice @fields, 0, $count;
  open my $report, '>&', \\*STDOUT;
  if (open STDIN, '<', '/dev/null' and open STDOUT, '>&', $out and open STDERR, '>&', $err and chdir $directory) {
    %ENV = map { split /=/, $_, 2 } @fields;
    exec { $argv[0] } @argv;
  }
  syswrite $report, 'error ' . ($! + 0) . "\\n";
  kill 'KILL', $$;
}

while (1) {
  pipe my $out, my $outEnd and pipe my $err, my $errEnd or exit;
  my $pid = fork;
  exit unless defined $pid;
  setpgrp $pid, $pid;
  become($outEnd, $errEnd) if $pid == 0;
  close $outEnd;
  close $errEnd;
  syswrite STDOUT, "ready $pid " . fileno($out) . ' ' . fileno($err) . "\\n";
  waitpid $pid, 0;
  syswrite STDOUT, "ended $?\\n";
}
`
