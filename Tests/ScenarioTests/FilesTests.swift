import DrydockKernel
import DrydockPlayer
import Foundation
import Testing

@Suite("Files")
struct FilesTests {
  /// A folder with two files, a link to another folder, a link to itself and a dead link.
  private final class Tree {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("drydock-files-\(ProcessInfo.processInfo.globallyUniqueString)")
    var path: String { root.path }

    init() throws {
      let files = FileManager.default
      for folder in ["tree/inner", "other/deep"] {
        try files.createDirectory(
          at: root.appendingPathComponent(folder),
          withIntermediateDirectories: true
        )
      }
      for file in ["tree/a.json", "tree/inner/b.json", "tree/c.txt", "other/deep/d.json"] {
        try Data("{}".utf8).write(to: root.appendingPathComponent(file))
      }
      for (link, target) in [
        ("tree/linked", "../other"), ("tree/loop", "../tree"), ("tree/dead.json", "nowhere"),
        ("tree/e.json", "../other/deep/d.json"), ("link", "tree"), ("chain", "link"),
      ] {
        try files.createSymbolicLink(
          atPath: root.appendingPathComponent(link).path,
          withDestinationPath: target
        )
      }
    }

    deinit {
      try? FileManager.default.removeItem(at: root)
    }
  }

  @Test("a folder is one through links as well, and a file or a dead link is none")
  func folders() throws {
    let tree = try Tree()
    for name in ["tree", "tree/", "link", "chain", "tree/linked", "chain/inner"] {
      #expect(Files.isFolder("\(tree.path)/\(name)"), "\(name)")
    }
    for name in ["tree/a.json", "tree/e.json", "tree/dead.json", "none"] {
      #expect(!Files.isFolder("\(tree.path)/\(name)"), "\(name)")
    }
  }

  @Test(
    "lists what is below a folder, through links, each folder once",
    arguments: ["tree", "chain"]
  )
  func lists(name: String) throws {
    let tree = try Tree()
    let folder = "\(tree.path)/\(name)"
    let found = Files.list(folder, ending: ".json").map { $0.dropFirst(folder.count + 1) }
    #expect(
      found == ["a.json", "dead.json", "e.json", "inner/b.json", "linked/deep/d.json"]
    )
  }

  @Test("reads through links, and says what is wrong with others")
  func reads() throws {
    let tree = try Tree()
    #expect(try Files.read("\(tree.path)/tree/e.json") == Array("{}".utf8))
    let wrong = [
      ("tree", "expected a file, found a folder [file-is-folder]"),
      ("link", "expected a file, found a folder [file-is-folder]"),
      ("tree/f.json", "no such file; did you mean 'a.json'? [file-missing]"),
      ("tree/dead.json", "a link to nothing [file-missing]"),
    ]
    for (name, message) in wrong {
      let path = "\(tree.path)/\(name)"
      let diagnostic = #expect(throws: Diagnostic.self) { try Files.read(path) }
      #expect(diagnostic?.description == "\(path): error: \(message)")
    }
  }
}
