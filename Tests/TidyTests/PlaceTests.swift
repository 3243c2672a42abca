import Testing

@Suite("Places")
struct PlaceTests {
  let check = PlaceCheck(manifest: House.manifest)

  @Test("of files are those that targets and readers know")
  func places() {
    Report.record(check.breaches(House.repository.files.map(\.path)), waiving: ["place"])
  }

  @Test(
    "where nothing is built are named",
    arguments: [
      ("Sources/Forgotten/File.swift", "no target builds this file;"),
      ("Sources/File.swift", "no target builds this file;"),
      ("Contracts/File.swift", "no target builds this file;"),
      ("Tests/DrydockJSON/File.swift", "no target builds this file;"),
      ("Tests/DrydockJSONTests/Cases/File.swift", "the folder is excluded from the target;"),
      ("Tests/DrydockJSONTests/cases.json", "data stands in a folder that Package.swift names;"),
      ("notes.txt", "'notes.txt' is banned in the package root;"),
    ]
  )
  func planted(path: String, expected: String) {
    let messages = check.breaches([path]).filter { $0.file == path }.map(\.message)
    #expect(messages.count == 1 && messages[0].hasPrefix(expected), "\(messages)")
  }

  @Test("of targets without sources are named")
  func emptyTargets() {
    let messages = check.breaches(["Sources/DrydockJSON/A.swift"]).map(\.message)
    #expect(messages.contains("target 'DrydockKernel' has no sources; remove it"))
    #expect(!messages.contains("target 'DrydockJSON' has no sources; remove it"))
  }
}
