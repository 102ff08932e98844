// SPDX-License-Identifier: GPL-2.0-only
/// An array of pages that is inserted whole becomes mmap_action_map_kernel_pages*().
//
// What: vm_map_pages() and vm_map_pages_zero() keep their check of the array's length, which the action
//	does not make (R25); vm_insert_pages() and a loop of vm_insert_page() over pages[i] become the
//	action as they are: both stay inside the VMA or fail with -EFAULT.
// When: the array outlives the call and the loop counts without a sign (the program has seen both).
// Limits: the array and its length are plain names, fields or elements; the start is that of the VMA; the
//	number that vm_insert_pages() writes back is not read; the loop does nothing else, and what it leaves in
//	its variables is not read.  The rest is left, so refused.
// Confidence: Moderate
// Needs: map_kernel_pages desc_size

@initialize:python@
@@
def is_plain(text):
    return re.match(r"^&?[A-Za-z_][\w \[\]>.-]*$", bare(text)) is not None and \
        re.search(r"[^-]>|-(?!>)|--", bare(text)) is None

@kp_map@
identifier def.V;
identifier r;
expression P : script:python() { is_plain(P) };
expression N : script:python() { is_plain(N) };
position p : script:python() { here(p) };
@@
(
- return vm_map_pages@p(V, P, N);
+ if (desc->pgoff >= N || vma_desc_pages(desc) > N - desc->pgoff)
+ 	return -ENXIO;
+ return mmap_action_map_kernel_pages_full(desc, P + desc->pgoff);
|
- return vm_map_pages_zero@p(V, P, N);
+ if (vma_desc_pages(desc) > N)
+ 	return -ENXIO;
+ return mmap_action_map_kernel_pages_full(desc, P);
|
- r = vm_map_pages@p(V, P, N);
+ if (desc->pgoff >= N || vma_desc_pages(desc) > N - desc->pgoff)
+ 	return -ENXIO;
+ r = mmap_action_map_kernel_pages_full(desc, P + desc->pgoff);
(
  return r;
|
  if (\(r\|r != 0\|r < 0\)) return r;
)
|
- r = vm_map_pages_zero@p(V, P, N);
+ if (vma_desc_pages(desc) > N)
+ 	return -ENXIO;
+ r = mmap_action_map_kernel_pages_full(desc, P);
(
  return r;
|
  if (\(r\|r != 0\|r < 0\)) return r;
)
)

@kp_left exists@
identifier def.V;
identifier n;
expression P;
position p : script:python() { here(p) };
position q;
@@
vm_insert_pages@p(V, ..., P, &n)
... when any
n@q

@script:python@
p << kp_left.p;
@@
note("pages left", p)

@kp_bulk@
identifier def.V;
identifier n;
expression P;
position p : script:python() { here(p) and not noted("pages left", p) };
@@
- vm_insert_pages@p(V, desc->start, P, &n)
+ mmap_action_map_kernel_pages(desc, desc->start, P, n)

@kp_after exists@
identifier def.V;
identifier i, x;
expression N, E;
statement S;
position p : script:python() { here(p) };
position q;
@@
for (i = 0; i < N; i++) { x = vm_insert_page@p(V, ...); S }
... when != \(x = E\|i = E\)
    when any
\(x@q\|i@q\)

@script:python@
p << kp_after.p;
@@
note("counted", p)

@kp_after_bare exists@
identifier def.V;
identifier i;
expression N, E;
statement S;
position p : script:python() { here(p) };
position q;
@@
for (i = 0; i < N; i++) if (vm_insert_page@p(V, ...)) S
... when != i = E
    when any
i@q

@script:python@
p << kp_after_bare.p;
@@
note("counted", p)

@kp_loop@
identifier def.V;
identifier i, r;
expression N, P;
expression C : script:python() { is_errno(C) };
position p : script:python() { here(p) and not noted("counted", p) };
@@
(
- for (i = 0; i < N; i++) {
- 	r = vm_insert_page@p(V, desc->start + \(i * PAGE_SIZE\|PAGE_SIZE * i\|(i << PAGE_SHIFT)\), P[i]);
- 	if (\(r\|r != 0\|r < 0\)) return r;
- }
+ mmap_action_map_kernel_pages(desc, desc->start, P, N);
|
- for (i = 0; i < N; i++) {
- 	r = vm_insert_page@p(V, desc->start + \(i * PAGE_SIZE\|PAGE_SIZE * i\|(i << PAGE_SHIFT)\), P[i]);
- 	if (\(r\|r != 0\|r < 0\)) return C;
- }
+ mmap_action_map_kernel_pages(desc, desc->start, P, N);
+ desc->action.error_override = C;
|
- for (i = 0; i < N; i++)
- 	if (vm_insert_page@p(V, desc->start + \(i * PAGE_SIZE\|PAGE_SIZE * i\|(i << PAGE_SHIFT)\), P[i]))
- 		return C;
+ mmap_action_map_kernel_pages(desc, desc->start, P, N);
+ desc->action.error_override = C;
)

@script:python@
i << kp_loop.i;
@@
NEAR.add(i)

@script:python@
r << kp_loop.r;
@@
NEAR.add(r)

@kp_full@
expression P;
position p : script:python() { here(p) };
@@
- mmap_action_map_kernel_pages@p(desc, desc->start, P, vma_desc_pages(desc))
+ mmap_action_map_kernel_pages_full(desc, P)
