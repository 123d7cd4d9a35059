/**
 * The program of a fork server, for Perl: small, so that its forks are cheap, and part of nearly every Linux. What a program needs is set up here,
 * so that the child has next to nothing to do: each page of memory that it touches is copied first.
 *
 * It writes lines: `ready ID OUT ERR` (a pair of pipes for the output of a program, and its own descriptors of their reading ends, kept until the
 * program is started), `started ID PID`, `error ID ERRNO` when it could not be, or could not become the program, `ended ID STATUS` (as of
 * wait(2)) if it had been started, `short` when there are no pipes to be had. It reads requests: a length of four bytes, big-endian, then
 * fields with a zero byte between them: which pair, the directory, the number of arguments, the arguments, and how the environment differs
 * from that of the request before, at first from none (see `environmentFields`). Nothing of a request is ever seen by a shell. It ends with
 * its input.
 */
export const forkServerScript = `
use strict;
my ($unread, $answers, $pairs, $pause, %pair, %program) = ('', '', 0, 0.005);
open my $requests, '<&', \\*STDIN;
open my $line, '>&', \\*STDOUT;
open my $null, '+<', '/dev/null' or exit;
open STDIN, '<&', $null;
%ENV = ();
$SIG{PIPE} = sub {};
$SIG{CHLD} = sub {};

sub answer { $answers .= "@_\\n" }

sub prepare {
  while (keys %pair < $ARGV[0]) {
    pipe my $out, my $outEnd and pipe my $err, my $errEnd or return keys %pair || answer 'short';
    $pair{++$pairs} = [$out, $outEnd, $err, $errEnd];
    answer 'ready', $pairs, fileno $out, fileno $err;
  }
}

sub start {
  my ($id, $directory, $count, @environment) = split /\\0/, $_[0], -1;
  my @argv = splice @environment, 0, $count;
  for (@environment) {
    my ($name, $value) = split /=/, $_, 2;
    if (defined $value) { $ENV{$name} = $value } else { delete $ENV{$name} }
  }
  my (undef, $out, undef, $err) = @{delete $pair{$id}};
  chdir $directory or return answer 'error', $id, $! + 0;
  open STDOUT, '>&', $out;
  open STDERR, '>&', $err;
  my $pid = fork;
  if (!defined $pid) { answer 'error', $id, $! + 0 }
  elsif ($pid == 0) {
    setpgrp;
    exec { $argv[0] } @argv;
    syswrite $line, "error $id " . ($! + 0) . "\\n";
    kill 'KILL', $$;
  }
  else {
    setpgrp $pid, $pid;
    $program{$pid} = $id;
    answer 'started', $id, $pid;
  }
  open STDOUT, '>&', $null;
  open STDERR, '>&', $null;
}

while (1) {
  prepare();
  syswrite $line, $answers if length $answers;
  $answers = '';
  my $bits = '';
  vec($bits, fileno $requests, 1) = 1;
  my $happened = my $isAsked = select($bits, undef, undef, $pause) > 0;
  while ((my $pid = waitpid -1, 1) > 0) {
    answer 'ended', delete $program{$pid}, $?;
    $happened = 1;
  }
  # A child that ends between two steps of Perl interrupts nothing: hence the pause, which grows while nothing happens.
  $pause = $happened ? 0.005 : $pause < 0.5 ? $pause * 2 : $pause;
  next unless $isAsked;
  sysread $requests, $unread, 65536, length $unread or exit;
  while (length $unread >= 4 and length $unread >= 4 + unpack 'N', $unread) {
    start(unpack 'N/a*', $unread);
    substr $unread, 0, 4 + unpack('N', $unread), '';
  }
}
`
