import type { TreeNode } from '@concentric/api-client'

export interface Branch extends TreeNode {
  children: Branch[]
}

export function find_node(nodes: TreeNode[], id: string): TreeNode | undefined {
  return nodes.find((node) => node.id === id)
}

/** The flat list as a tree; a node whose parent is not in the list is a root. Order is kept. */
export function grow_tree(nodes: TreeNode[]): Branch[] {
  const branches = new Map<string, Branch>(nodes.map((node) => [node.id, { ...node, children: [] }]))
  const roots: Branch[] = []
  for (const branch of branches.values()) {
    const parent = branch.parent ? branches.get(branch.parent) : undefined
    ;(parent?.children ?? roots).push(branch)
  }
  return roots
}
