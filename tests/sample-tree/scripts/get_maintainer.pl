#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
# A stand-in for the kernel's script, with as much of its interface as mmapconv uses:
#	get_maintainer.pl --no-git --no-git-fallback --no-git-blame --roles --no-rolestats --scm --subsystem PATCH
# It prints the addresses with their roles, then the trees, then the sections, most specific first.
use strict;
use warnings;

my $patch = pop @ARGV or die "usage: $0 OPTION... PATCH\n";
for (@ARGV) {
	die "$0: unknown option $_\n" unless /^--(no-git|no-git-fallback|no-git-blame|roles|no-rolestats|scm|subsystem)$/;
}
die "$0: not at the top of the tree\n" unless -f "MAINTAINERS" && -d "drivers";

my %touched;
open my $in, "<", $patch or die "$0: $patch: $!\n";
while (<$in>) {
	$touched{$1} = 1 if m{^\+\+\+ b/(\S+)};
}
close $in;

my (@sections, $section);
open $in, "<", "MAINTAINERS" or die "$0: MAINTAINERS: $!\n";
while (<$in>) {
	chomp;
	if (/^([A-Z]):\s+(.*)/) {
		push @{$section->{$1}}, $2 if $section;
	} elsif (/^[A-Z][A-Z ]+$/) {
		$section = { title => $_ };
		push @sections, $section;
	}
}
close $in;

sub depth
{
	my ($s) = @_;
	my $best = 0;
	for my $pattern (@{$s->{F}}) {
		for my $file (keys %touched) {
			my $hit = $pattern =~ /^\*/ || index($file, $pattern) == 0;
			my $depth = $pattern =~ /^\*/ ? 1 : 1 + ($pattern =~ tr,/,,);
			$best = $depth if $hit && $depth > $best;
		}
	}
	return $best;
}

my @hit = sort { depth($b) <=> depth($a) } grep { depth($_) } @sections;
my (%seen, @people, @lists);
for my $s (@hit) {
	my $rest = $s->{title} eq "THE REST";
	for my $kind ("M", "R") {
		for my $who (@{$s->{$kind} || []}) {
			my ($address) = $who =~ /<(.*)>/;
			next if $rest || $seen{$address}++;
			push @people, "$who (" . ($kind eq "M" ? "maintainer" : "reviewer") . ":$s->{title})";
		}
	}
	for my $list (@{$s->{L} || []}) {
		my ($address, $more) = split / /, $list, 2;
		next if $seen{$address}++;
		push @lists, "$address (" . ($more ? "moderated" : "open") . " list" . ($rest ? "" : ":$s->{title}") . ")";
	}
}
my @trees = grep { !$seen{$_}++ } map { @{$_->{T} || []} } @hit;
print "$_\n" for @people, @lists, @trees, map { $_->{title} } @hit;
