/**
 * Brings connections to what is desired.
 *
 * <pre>
 *   API ── wake ──▶ ConnectionReconciler ── wake ──▶ SideReconciler (local)  ──▶ drivers of site b
 *                     reserve, probe,      ── wake ──▶ SideReconciler (remote) ──▶ drivers of site d
 *                     settle or give up   ◀── wake ──  observe, apply, read back
 * </pre>
 *
 * The reconcilers share nothing but the store. Each starts from nothing, does what it can, and answers when to look again;
 * so a crash at any point loses nothing, and every step may be repeated.
 */
@NullMarked
package io.isthmus.server.engine;

import org.jspecify.annotations.NullMarked;
