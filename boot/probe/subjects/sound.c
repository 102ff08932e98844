// SPDX-License-Identifier: GPL-2.0-only
/*
 * ALSA: the sample buffer of cards of three kinds of memory, the status and control pages, the
 * emulated OSS device, a card that is gone, and the codec's hwdep device, which maps nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sound/asound.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/soundcard.h>
#include <sys/wait.h>
#include <unistd.h>

#include "devices.h"

/* The offsets that stand for the pages; the UAPI header's names depend on the size of time_t. */
#define STATUS_OFFSET 0x82000000UL
#define CONTROL_OFFSET 0x83000000UL
#define OLD_STATUS_OFFSET 0x80000000UL

#define FRAMES 4096 /* of four bytes: a buffer of four pages */

static int open_pcm(const char *card, const char *suffix)
{
	char entry[64], path[128];
	int ret = find_entry("/sys/class/sound", "id", card, entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/snd/pcmC%sD0%s", entry + strlen("card"), suffix);
	return open_wait(path, O_RDWR | O_NONBLOCK, 3);
}

static void set_mask(struct snd_pcm_hw_params *p, int what, unsigned value)
{
	struct snd_mask *mask = &p->masks[what - SNDRV_PCM_HW_PARAM_FIRST_MASK];

	memset(mask, 0, sizeof(*mask));
	mask->bits[value / 32] = 1U << value % 32;
}

static void set_interval(struct snd_pcm_hw_params *p, int what, unsigned value)
{
	struct snd_interval *i = &p->intervals[what - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL];

	memset(i, 0, sizeof(*i));
	i->min = i->max = value;
	i->integer = 1;
}

static int set_hw_params(int fd)
{
	struct snd_pcm_hw_params p;
	int i;

	memset(&p, 0, sizeof(p));
	for (i = 0; i <= SNDRV_PCM_HW_PARAM_LAST_MASK - SNDRV_PCM_HW_PARAM_FIRST_MASK; i++)
		memset(&p.masks[i], 0xff, sizeof(p.masks[i]));
	for (i = 0; i <= SNDRV_PCM_HW_PARAM_LAST_INTERVAL - SNDRV_PCM_HW_PARAM_FIRST_INTERVAL; i++)
		p.intervals[i].max = ~0U;
	p.rmask = ~0U;
	set_mask(&p, SNDRV_PCM_HW_PARAM_ACCESS, SNDRV_PCM_ACCESS_MMAP_INTERLEAVED);
	set_mask(&p, SNDRV_PCM_HW_PARAM_FORMAT, SNDRV_PCM_FORMAT_S16_LE);
	set_interval(&p, SNDRV_PCM_HW_PARAM_CHANNELS, 2);
	set_interval(&p, SNDRV_PCM_HW_PARAM_RATE, 48000);
	set_interval(&p, SNDRV_PCM_HW_PARAM_PERIOD_SIZE, FRAMES / 4);
	set_interval(&p, SNDRV_PCM_HW_PARAM_PERIODS, 4);
	return ASK(fd, SNDRV_PCM_IOCTL_HW_PARAMS, &p);
}

static int open_data(struct opened *o, const char *card, const char *suffix)
{
	int ret;

	o->fd = open_pcm(card, suffix);
	if (o->fd < 0)
		return o->fd;
	ret = set_hw_params(o->fd);
	o->size = FRAMES * 4;
	o->content = true; /* the buffer is cleared when it is made */
	return ret < 0 ? ret : 0;
}

static int open_dummy(struct opened *o)
{
	return open_data(o, "Dummy", "p");
}

static int open_dummy_capture(struct opened *o)
{
	return open_data(o, "Dummy", "c");
}

static int open_loopback(struct opened *o)
{
	return open_data(o, "Loopback", "p");
}

static int open_hda(struct opened *o)
{
	return open_data(o, "Intel", "p");
}

static int open_page(struct opened *o, uint64_t offset)
{
	int ret = open_data(o, "Dummy", "p");

	o->offset = offset;
	o->size = 4096;
	o->content = false; /* holds the time */
	return ret;
}

static int open_status(struct opened *o)
{
	return open_page(o, STATUS_OFFSET);
}

static int open_control(struct opened *o)
{
	return open_page(o, CONTROL_OFFSET);
}

/* Without hw_params() there is no buffer. */
static int open_raw(struct opened *o)
{
	o->fd = open_pcm("Dummy", "p");
	return o->fd < 0 ? o->fd : 0;
}

static void ask_free_while_mapped(struct opened *o, struct result *r)
{
	void *p = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "mmap");

	if (!p)
		return;
	result_errno(r, "free", device_ioctl(o->fd, SNDRV_PCM_IOCTL_HW_FREE, NULL));
	result_errno(r, "params", set_hw_params(o->fd));
	munmap((char *)p + 4096, 4096);
	result_errno(r, "free half unmapped", device_ioctl(o->fd, SNDRV_PCM_IOCTL_HW_FREE, NULL));
	munmap(p, o->size);
	result_errno(r, "free unmapped", device_ioctl(o->fd, SNDRV_PCM_IOCTL_HW_FREE, NULL));
}

static void ask_old_status(struct opened *o, struct result *r)
{
	struct opened old = *o;

	old.offset = OLD_STATUS_OFFSET;
	question_map(&old, 4096, PROT_READ, r, "old offset");
	question_map(&old, 8192, PROT_READ, r, "two pages");
	question_map(&old, 4096, PROT_WRITE, r, "write only");
}

/* What is written through the mapping is the buffer's: a second mapping shows it. */
static void ask_seen_twice(struct opened *o, struct result *r)
{
	char *a = question_map(o, o->size, PROT_READ | PROT_WRITE, r, "first");
	char *b = question_map(o, o->size, PROT_READ, r, "second");

	if (!a || !b)
		return;
	memset(a, 0x5a, o->size);
	result_content(r, "content", b, o->size);
}

static const struct question data_questions[] = {
	{ "hw_free while mapped", ask_free_while_mapped },
	{ "mapped twice", ask_seen_twice },
	{ NULL, NULL },
};

static const struct question status_questions[] = {
	{ "old status offset", ask_old_status },
	{ NULL, NULL },
};

static const struct subject dummy = {
	.name = "sound-dummy",
	.open = open_dummy,
	.questions = data_questions,
};
static const struct subject capture = {
	.name = "sound-dummy-capture",
	.open = open_dummy_capture,
	.questions = data_questions,
	.traits = FEW_REQUESTS,
};
static const struct subject loopback = {
	.name = "sound-loopback",
	.open = open_loopback,
	.questions = data_questions,
};
static const struct subject hda = {
	.name = "sound-hda",
	.open = open_hda,
	.questions = data_questions,
};
static const struct subject status = {
	.name = "sound-status",
	.open = open_status,
	.questions = status_questions,
};
static const struct subject control = {
	.name = "sound-control",
	.open = open_control,
	.traits = NO_WRITE_TOUCH,
};
static const struct subject raw = { .name = "sound-raw", .open = open_raw, .traits = FEW_REQUESTS };

static int open_oss(struct opened *o)
{
	int format = AFMT_S16_LE, channels = 2, rate = 48000, fragments = 4 << 16 | 12, ret;

	o->fd = open_wait("/dev/dsp", O_RDWR | O_NONBLOCK, 3);
	if (o->fd < 0)
		return o->fd;
	ret = ASK(o->fd, SNDCTL_DSP_SETFRAGMENT, &fragments);
	if (ret >= 0)
		ret = ASK(o->fd, SNDCTL_DSP_SETFMT, &format);
	if (ret >= 0)
		ret = ASK(o->fd, SNDCTL_DSP_CHANNELS, &channels);
	if (ret >= 0)
		ret = ASK(o->fd, SNDCTL_DSP_SPEED, &rate);
	o->size = 4 * 4096;
	return ret < 0 ? ret : 0;
}

static const struct subject oss = { .name = "sound-oss", .open = open_oss };

/* The one before may still be on its way out: it goes when its last file is closed. */
static int bind_second(char *entry, size_t len)
{
	int tries;

	for (tries = 0; tries < 50; tries++) {
		if (!access("/sys/bus/platform/drivers/snd_dummy/snd_dummy.1", F_OK) ||
		    !put_text("/sys/bus/platform/drivers/snd_dummy/bind", "snd_dummy.1"))
			return find_entry("/sys/class/sound", "id", "Dummy_1", entry, len);
		usleep(100000);
	}
	return -EBUSY;
}

/*
 * A second dummy card is taken away under an open file, which then serves nothing.  The driver
 * waits for the file to close: a child does the unbinding, and ends when the request's process
 * has ended.
 */
static int open_disconnected(struct opened *o)
{
	char entry[64], path[128], line[64];
	int tries, ret = bind_second(entry, sizeof(entry));

	if (ret)
		return ret;
	o->fd = open_pcm("Dummy_1", "p");
	if (o->fd < 0)
		return o->fd;
	if (fork() == 0) {
		close(o->fd);
		put_text("/sys/bus/platform/drivers/snd_dummy/unbind", "snd_dummy.1");
		_exit(0);
	}
	snprintf(path, sizeof(path), "/sys/class/sound/%s/id", entry);
	for (tries = 0; tries < 100; tries++) {
		if (read_line(path, line, sizeof(line)))
			return 0;
		usleep(20000);
	}
	return why(-EBUSY, "the card does not go");
}

static const struct subject disconnected = {
	.name = "sound-disconnected",
	.open = open_disconnected,
	.traits = FEW_REQUESTS,
};

static int open_hwdep(struct opened *o)
{
	char entry[64], path[128];
	int ret = find_entry("/sys/class/sound", "id", "Intel", entry, sizeof(entry));

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/dev/snd/hwC%sD0", entry + strlen("card"));
	o->fd = open_wait(path, O_RDWR, 3);
	return o->fd < 0 ? o->fd : 0;
}

static const struct subject hwdep = {
	.name = "sound-hwdep",
	.open = open_hwdep,
	.traits = FEW_REQUESTS,
};

const struct subject *const family_sound[] = {
	&dummy, &capture, &loopback,	 &hda,	 &status, &control,
	&raw,	&oss,	  &disconnected, &hwdep, NULL,
};
