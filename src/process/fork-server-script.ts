/**
 * The program of a fork server, for Perl: small, so that its forks are cheap, and part of nearly every Linux. The child has next to nothing to do, and so
 * has the server once it has forked: each page of memory that one of them touches is copied first, and the child often waits for the server's processor.
 *
 * Its arguments are numbers: how many programs may be on their way (two before the first, so that it is ready sooner); how many claims it has from
 * descriptor 3 on (it locks each, says so in it and closes it, whereupon the lock is ours alone, who have the same open file); and those of the system
 * calls prctl(2), by which it becomes the parent of what its programs leave behind, rt_sigprocmask(2), dup3(2), pipe2(2) and close(2). Perl's own pipes
 * and descriptors take some nine calls each.
 *
 * It writes lines: `ready ID OUT ERR IN` (pipes for a program, and its own descriptors of the ends that are ours, kept until the
 * program is started), `started ID PID`, `error ID ERRNO` when it could not be, or could not become the program, `ended ID STATUS` (as of
 * wait(2)) if it had been started, `short` when there are no pipes to be had, `here` to an empty request. It reads requests: a length of four
 * bytes, big-endian, then fields with a zero byte between them: which pipes, whether the program reads input, the directory, the number of
 * arguments, the arguments, and how the environment differs from that of the request before, at first from none (see `environmentFields`).
 * Nothing of a request is ever seen by a shell. Where its input ends, we were killed and nobody else would end its programs: it asks them to, kills what is left
 * of them after five seconds, and ends too. It ends by no signal that can be caught: a program that means to end its
 * parent would end all others.
 */
export const forkServerScript = `
use strict;
my ($mostPipes, $claims, $prctl, $sigprocmask, $dup3, $pipe2, $close) = map $_ + 0, @ARGV;
my ($unread, $answers, $pipes, $pause, $ended, $most, $self, %pipes, %program) = ('', '', 0, 0.005, 0, 2, $$);
# INT and TERM, by their numbers, as a sigset_t of the kernel.
my $held = pack 'L!2', 0x4002, 0;
open my $requests, '<&', \\*STDIN;
open my $line, '>&', \\*STDOUT;
open my $null, '+<', '/dev/null' or exit;
open STDIN, '<&', $null;
open STDOUT, '>&', $null;
%ENV = ();
$SIG{PIPE} = sub {};
$SIG{CHLD} = sub { $ended = 1 };
# Handlers, which a program does not inherit. One that has been forked and is not the program yet is ended as that would be.
my $heed = sub { if ($$ != $self) { $SIG{$_[0]} = 'DEFAULT'; kill $_[0], $$ } };
$SIG{$_} = $heed for qw(HUP INT QUIT TERM USR1 USR2 ALRM VTALRM PROF XCPU XFSZ IO PWR STKFLT ABRT TRAP SYS TSTP TTIN TTOU);
syscall $prctl, 36, 1, 0, 0, 0;

for (3 .. 2 + $claims) {
  open my $claim, '+<&=', $_ or next;
  syswrite $claim, "locked\\n" if flock $claim, 2;
}

sub answer { $answers .= "@_\\n" }
# Holds back (0) what a program is asked to end by, or lets it come (1): in a moment between our handler and the default it would be lost.
sub mask { syscall $sigprocmask, $_[0], $held, 0, 8 }
sub deliver { syswrite $line, $answers if length $answers; $answers = '' }

sub prepare {
  while (keys %pipes < $most) {
    my @ends;
    while (@ends < 6) {
      my $pair = pack 'i2', 0, 0;
      last if syscall($pipe2, $pair, 0x80000) < 0;
      push @ends, unpack 'i2', $pair;
    }
    if (@ends < 6) {
      syscall $close, $_ for @ends;
      return keys %pipes || answer 'short';
    }
    $pipes{++$pipes} = \\@ends;
    answer 'ready', $pipes, @ends[0, 2, 5];
  }
}

sub start {
  $most = $mostPipes;
  my ($id, $reads, $directory, $count, @environment) = split /\\0/, $_[0], -1;
  my @argv = splice @environment, 0, $count;
  for (@environment) {
    my ($name, $value) = split /=/, $_, 2;
    if (defined $value) { $ENV{$name} = $value } else { delete $ENV{$name} }
  }
  my ($out, $outEnd, $err, $errEnd, $inEnd, $in) = @{delete $pipes{$id}};
  if (chdir $directory) {
    mask(0);
    my $pid = fork;
    if (!defined $pid) { answer 'error', $id, $! + 0 }
    elsif ($pid == 0) {
      $SIG{$_} = 'DEFAULT' for qw(INT TERM);
      mask(1);
      setpgrp;
      syscall $dup3, $inEnd, 0, 0 if $reads;
      syscall $dup3, $outEnd, 1, 0;
      syscall $dup3, $errEnd, 2, 0;
      exec { $argv[0] } @argv;
      syswrite $line, "error $id " . ($! + 0) . "\\n";
      kill 'KILL', $$;
    }
    else {
      setpgrp $pid, $pid;
      $program{$pid} = $id;
      answer 'started', $id, $pid;
    }
    mask(1);
  }
  else { answer 'error', $id, $! + 0 }
  syscall $close, $_ for $out, $outEnd, $err, $errEnd, $inEnd, $in;
  # One alone is waited for: the news is out before the next pipes are made.
  deliver() if keys %program == 1;
}

# Five seconds for its programs to end by themselves, four for what they left behind to be gone.
sub leave {
  kill 'TERM', map { -$_ } keys %program;
  for (1 .. 100) {
    while ((my $pid = waitpid -1, 1) > 0) { delete $program{$pid} }
    last unless keys %program;
    select undef, undef, undef, 0.05;
  }
  kill 'KILL', map { -$_ } keys %program;
  for (1 .. 200) {
    while (waitpid(-1, 1) > 0) {}
    open my $left, '<', "/proc/$$/task/$$/children" or exit;
    my @left = split ' ', <$left> // '' or exit;
    kill 'KILL', @left;
    select undef, undef, undef, 0.02;
  }
  exit;
}

while (1) {
  prepare();
  deliver();
  my $bits = '';
  vec($bits, fileno $requests, 1) = 1;
  my $happened = my $isAsked = select($bits, undef, undef, $ended ? 0 : $pause) > 0;
  $ended = 0;
  while ((my $pid = waitpid -1, 1) > 0) {
    my $id = delete $program{$pid};
    answer 'ended', $id, $? if defined $id;
    $happened = 1;
  }
  # What ends between the look at $ended and select's own wait interrupts nothing: hence the pause, which grows while nothing happens.
  $pause = $happened ? 0.005 : $pause < 0.5 ? $pause * 2 : $pause;
  next unless $isAsked;
  sysread $requests, $unread, 65536, length $unread or leave();
  while (length $unread >= 4 and length $unread >= 4 + unpack 'N', $unread) {
    my $request = unpack 'N/a*', $unread;
    substr $unread, 0, 4 + length $request, '';
    if (length $request) { start($request) } else { answer 'here' }
  }
}
`
