// SPDX-License-Identifier: GPL-2.0-only
/* Subsystems' helpers that get the vma: a row says all that each writes of the mapping, and who has a body is read. */
#include "test_contract_fixture.h"

#include "contract/models.h"

#define HELPS "int @(struct dev *, struct vm_area_struct *);\n"

static void build(const char *code, const char *name, struct contract *c)
{
	char *text = with_name(code, name);
	struct unit u = { 0 };

	fixture_parse(text, &u);
	assert_int_equal(contract_build(&u, "foo_mmap", c), 0);
	unit_free(&u);
	free(text);
}

static bool is_symbol(const struct contract *c, enum vma_cell cell)
{
	return term_at(c->terms, c->paths.items[0].cells[cell])->op == TERM_SYMBOL;
}

/* What the row lists is another value afterwards, what it does not list is what came with the request. */
static void writes_what_its_row_says(void **state)
{
	static const enum vma_cell cells[] = {
		CELL_START, CELL_END, CELL_PGOFF, CELL_FLAGS, CELL_PROT, CELL_VM_OPS, CELL_PRIVATE_DATA, CELL_FILE, CELL_MM,
	};
	const struct model *m;
	struct contract c;
	size_t i, k, nr = 0;

	(void)state;
	for (i = 0; (m = model_row(i)); i++) {
		if (m->kind != MODEL_HELPER)
			continue;
		nr++;
		assert_true(m->does && *m->does);
		memset(&c, 0, sizeof(c));
		build(HELPS HANDLER "{ return @(the_dev, vma); }", m->name, &c);
		assert_true(contract_is_complete(&c));
		assert_int_equal(c.paths.nr, 1);
		assert_int_equal(c.paths.items[0].result, RESULT_CALL);
		assert_int_equal(c.nr_effects, 1);
		assert_int_equal(c.effects[0].kind, strstr(m->name, "mmap") ? EFFECT_DELEGATE : EFFECT_ESCAPE);
		for (k = 0; k < CELL_NR; k++)
			if (is_symbol(&c, cells[k]) == !!(m->writes & 1u << cells[k]))
				fail_msg("%s, cell %zu", m->name, k);
		/* The place of a mapping and its mm are nobody's to write. */
		assert_false(m->writes & (1u << CELL_START | 1u << CELL_END | 1u << CELL_MM));
		contract_free(&c);
	}
	assert_true(nr > 10);
}

static const struct { const char *name, *code, *paths; bool complete; } cases[] = {
	{ "it returns 0 or an errno", "int fb_deferred_io_mmap(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ int ret = fb_deferred_io_mmap(the_dev, vma); return ret > 0 ? 7 : ret; }",
	  "delegate:fb_deferred_io_mmap = call fb_deferred_io_mmap\n", true },
	{ "what it wrote can be anything", "int fb_deferred_io_mmap(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ vma->vm_private_data = 0; fb_deferred_io_mmap(the_dev, vma); return vma->vm_private_data ? -EINVAL : 0; }",
	  "private:NULL delegate:fb_deferred_io_mmap = -22\nprivate:NULL delegate:fb_deferred_io_mmap = 0\n", true },
	{ "what it did not is what it was", "int fb_deferred_io_mmap(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ vma->vm_pgoff = 0; fb_deferred_io_mmap(the_dev, vma); return vma->vm_pgoff ? -EINVAL : 0; }",
	  "pgoff delegate:fb_deferred_io_mmap = 0\n", true },
	{ "memory outside can be anything", "int fb_deferred_io_mmap(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ int n = the_dev->mode; fb_deferred_io_mmap(the_dev, vma); return n == the_dev->mode ? 0 : -EINVAL; }",
	  "delegate:fb_deferred_io_mmap = -22\ndelegate:fb_deferred_io_mmap = 0\n", true },
	{ "an output is written", "int dma_mmap_from_dev_coherent(struct dev *, struct vm_area_struct *, int *);\n"
	  HANDLER "{ int ret = 0; if (dma_mmap_from_dev_coherent(the_dev, vma, &ret)) return ret ? -EINVAL : 0;"
	  " return -ENXIO; }",
	  "delegate:dma_mmap_from_dev_coherent = -22\ndelegate:dma_mmap_from_dev_coherent = -6\n"
	  "delegate:dma_mmap_from_dev_coherent = 0\n", true },
	{ "who keeps the vma can change it later",
	  "int rdma_user_mmap_io(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ int ret = rdma_user_mmap_io(the_dev, vma); vma->vm_pgoff = 0; dev_check(the_dev);"
	  " if (ret) return ret; return vma->vm_pgoff ? -EINVAL : 0; }",
	  "delegate:rdma_user_mmap_io pgoff call:dev_check = -22\ndelegate:rdma_user_mmap_io pgoff call:dev_check = 0\n"
	  "delegate:rdma_user_mmap_io pgoff call:dev_check = error rdma_user_mmap_io\n", true },
	{ "who does not, cannot", "int sbusfb_mmap_helper(struct dev *, struct vm_area_struct *);\n"
	  HANDLER "{ int ret = sbusfb_mmap_helper(the_dev, vma); vma->vm_pgoff = 0; dev_check(the_dev);"
	  " if (ret) return ret; return vma->vm_pgoff ? -EINVAL : 0; }",
	  "delegate:sbusfb_mmap_helper pgoff call:dev_check = 0\n"
	  "delegate:sbusfb_mmap_helper pgoff call:dev_check = error sbusfb_mmap_helper\n", true },
	{ "a body is read", "static int sbusfb_mmap_helper(struct dev *d, struct vm_area_struct *v) { return REMAP(v); }\n"
	  HANDLER "{ return sbusfb_mmap_helper(the_dev, vma); }", "action:remap_pfn_range[whole] = call remap_pfn_range\n",
	  true },
	{ "a helper without a row is not modelled",
	  HANDLER "{ return outside_mmap(the_dev, vma); }", "delegate:outside_mmap = call outside_mmap\nunmodelled: the vma goes to outside_mmap(), which is not modelled\n", false },
	/* Callbacks of tables in other files. */
	{ "open of a table that has a row",
	  HANDLER "{ extern const struct vm_operations_struct vb2_common_vm_ops; vma->vm_ops = &vb2_common_vm_ops; vma->vm_private_data = the_dev; vma->vm_ops->open(vma); return 0; }",
	  "ops:vb2_common_vm_ops private:the_dev open:vb2_common_vm_ops.open take:count = 0\n", true },
	{ "of one that has none",
	  HANDLER "{ vma->vm_ops = &foo_vm_ops; vma->vm_ops->open(vma); return 0; }",
	  "ops:foo_vm_ops open:vm_operations_struct.open = 0\n"
	  "unmodelled: the vma goes through the pointer vm_operations_struct.open\n", false },
	{ "of this file's own table of that name",
	  "static struct vm_operations_struct vb2_common_vm_ops;\n"
	  HANDLER "{ vma->vm_ops = &vb2_common_vm_ops; vma->vm_ops->open(vma); return 0; }", NULL, false },
	{ "a reference of what private_data is", "void drm_gem_vm_open(struct vm_area_struct *);\n"
	  "void drm_gem_vm_close(struct vm_area_struct *);\n"
	  HANDLER "{ vma->vm_private_data = the_dev; drm_gem_vm_open(vma); drm_gem_vm_close(vma); return 0; }",
	  "private:the_dev escape:drm_gem_vm_open take:ref escape:drm_gem_vm_close drop:ref = 0\n", true },
};

static void contract_is(void **state)
{
	size_t i = (size_t)(uintptr_t)*state;
	struct contract c = { 0 };
	char *text;

	build(cases[i].code, "", &c);
	text = fixture_text(&c);
	if (cases[i].paths)
		assert_string_equal(text, cases[i].paths);
	free(text);
	assert_int_equal(contract_is_complete(&c), cases[i].complete);
	contract_free(&c);
}

int main(void)
{
	enum { NR = sizeof(cases) / sizeof(*cases) };
	struct CMUnitTest tests[NR + 1];
	size_t i;

	for (i = 0; i < NR; i++)
		tests[i] = (struct CMUnitTest){ cases[i].name, contract_is, NULL, NULL, (void *)(uintptr_t)i };
	tests[i++] = (struct CMUnitTest)cmocka_unit_test(writes_what_its_row_says);
	return cmocka_run_group_tests(tests, fixture_setup, parse_teardown);
}
