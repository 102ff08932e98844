// SPDX-License-Identifier: GPL-2.0-only
/* One call of a real handler: what it follows appears, and what it cannot do ends it. */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

#include "real.h"

static sigjmp_buf back;
static volatile sig_atomic_t signal_nr;
static volatile uint64_t fault_address, fault_code;

static void on_signal(int nr, siginfo_t *info, void *context)
{
	ucontext_t *u = context;
	greg_t *ip = &u->uc_mcontext.gregs[REG_RIP];

	/* WARN() is an instruction that traps and goes on. */
	if (nr == SIGILL && !memcmp((const void *)*ip, "\x0f\x0b", 2)) {
		*ip += 2;
		return;
	}
	signal_nr = nr;
	fault_address = nr == SIGSEGV && info->si_code == SI_KERNEL ? ~0ULL
								    : (uint64_t)info->si_addr;
	fault_code = (uint64_t)*ip;
	siglongjmp(back, 1);
}

static void open_signals(void)
{
	static char stack[65536];
	static bool opened;
	const int signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGALRM, SIGTRAP };
	struct sigaction a = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t s = { .ss_sp = stack, .ss_size = sizeof(stack) };
	size_t i;

	if (opened)
		return;
	opened = true;
	sigaltstack(&s, NULL);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &a, NULL);
}

static void set_timer(long us)
{
	struct itimerval t = { .it_value = { 0, us } };

	setitimer(ITIMER_REAL, &t, NULL);
}

static bool call_it(const struct real_call *c, uint64_t *result)
{
	uint64_t (*f)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);

	f = (uint64_t (*)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t))c->function;
	open_signals();
	signal_nr = 0;
	if (sigsetjmp(back, 1)) {
		set_timer(0);
		/* A kernel's string instructions may go down. */
		__asm__ volatile("cld");
		return false;
	}
	set_timer(100000);
	*result = f(c->args[0], c->args[1], c->args[2], c->args[3], c->args[4], c->args[5]);
	set_timer(0);
	return true;
}

enum real_end real_run(const struct real_call *call, uint64_t *result, uint64_t *fault,
		       char *(*pointer_name)(uint64_t address))
{
	char *name;

	*fault = 0;
	if (call_it(call, result))
		return REAL_ENDED;
	*fault = fault_address;
	if (signal_nr == SIGALRM)
		return REAL_HUNG;
	/* A call through a pointer. */
	if (signal_nr == SIGSEGV && fault_address == fault_code && real_is_world(fault_address)) {
		name = pointer_name(fault_address);
		real_stub_at(fault_address, name);
		free(name);
		*fault = 0;
	} else if (signal_nr == SIGSEGV && real_appear(fault_address)) {
		*fault = 0;
	}
	return REAL_CRASHED;
}
