import DrydockCommand
import Foundation

@main
struct Main {
  static func main() async {
    let code = await DrydockCommandLine.main(Array(CommandLine.arguments.dropFirst()))
    exit(code.rawValue)
  }
}
