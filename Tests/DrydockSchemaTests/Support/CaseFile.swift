import DrydockJSON
import DrydockSchema
import Foundation

/// Tables of cases beside the tests.
enum CaseFile {
  /// Returns where a case file lies.
  static func url(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Cases/\(name)")
  }

  /// Reads the list of cases in a file.
  static func cases(_ name: String) throws -> [JSONValue] {
    let document = try SharedSuites.document(at: url(name))
    let list = document.root.kind == .array ? document.root : document.root["cases"]
    return list.map { Array($0.elements) } ?? []
  }

  /// Reads the options that a case asks for.
  static func options(_ value: JSONValue?) throws -> SchemaOptions {
    var options = SchemaOptions()
    options.resources = [
      "http://example.com/amount": try JSONDocument.parse(#"{"$defs": {}, "type": "number"}"#)
    ]
    guard let value else { return options }
    options.assertsFormat = value["assertsFormat"]?.bool ?? false
    options.assertsContent = value["assertsContent"]?.bool ?? false
    if let policy = value["undeclaredMembers"]?.string.flatMap(UndeclaredPolicy.init) {
      options.undeclaredMembers = policy
    }
    return options
  }

  /// Writes what was found in place of what is expected, where `UPDATE_GOLDEN=1` asks for it.
  static func update(_ name: String, found: [[String]]) throws {
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else { return }
    let document = try SharedSuites.document(at: url(name))
    var text = "{\n\"comment\": "
    text += String(decoding: document.root["comment"]?.bytes ?? [], as: UTF8.self)
    text += ",\n\"cases\": [\n"
    let cases = try cases(name)
    for (index, one) in cases.enumerated() {
      var writer = JSONWriter()
      writer.object { writer in
        for member in one.members where member.name != "expected" {
          writer.member(member.name, member.value)
        }
      }
      text += writer.text.dropLast() + ",\n  \"expected\": ["
      var list: [String] = []
      for line in found[index] {
        var writer = JSONWriter()
        writer.value(line)
        list.append("\n    " + writer.text)
      }
      text += list.joined(separator: ",") + "]}" + (index < cases.count - 1 ? ",\n" : "\n")
    }
    try Data((text + "]}\n").utf8).write(to: url(name))
  }
}
